package com.electroisla.accounts;

import java.time.Instant;

/**
 * A sign-in of an account that has not ended.
 *
 * @param name tells it from the user's others; opens nothing
 * @param current whether it is the one that asks
 * @param userAgent as the client sent it when it signed in; empty when it sent none
 * @param address from where it signed in
 * @param lastSeen to a minute for a browser; for a program when it last got a token
 */
public record OpenSession(
        Kind kind, String name, boolean current, String userAgent, String address, Instant since, Instant lastSeen) {
    /** The two ways to be signed in. */
    public enum Kind {
        /** The shop's own pages. */
        BROWSER,
        /** The API, and the front end that uses it. */
        PROGRAM
    }
}
