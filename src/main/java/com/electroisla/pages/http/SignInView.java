package com.electroisla.pages.http;

/**
 * A form to sign in or up.
 *
 * @param action its target address
 * @param next the page after a success; empty for the usual one
 * @param username as typed
 * @param email as typed, when signing up
 * @param staff whether it is the admin's form
 * @param problem the reason of the last refusal; empty at first
 */
public record SignInView(String action, String next, String username, String email, boolean staff, String problem) {}
