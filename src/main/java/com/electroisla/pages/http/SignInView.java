package com.electroisla.pages.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

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
public record SignInView(String action, String next, String username, String email, boolean staff, String problem) {
    /** The query with which the other form, too, leads to the page; empty for the usual one. */
    public String nextQuery() {
        return next.isEmpty() ? "" : "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
}
