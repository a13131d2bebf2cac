package com.electroisla.pages.http;

/**
 * A form to sign in or up.
 *
 * @param action where it goes
 * @param next where a success leads; empty for the usual place
 * @param username as it was typed
 * @param email as it was typed, when signing up
 * @param staff whether it is the one of the admin
 * @param problem what went wrong before; empty at first
 */
public record SignInView(String action, String next, String username, String email, boolean staff, String problem) {}
