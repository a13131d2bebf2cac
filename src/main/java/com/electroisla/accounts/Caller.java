package com.electroisla.accounts;

import java.time.Instant;

/**
 * The account that makes a request. From a verified access token, name and role are those of the moment when the token
 * was issued; from {@link Accounts#present}, those of now.
 *
 * @param family the sign-in that the token comes from; logging out ends the whole family
 * @param expiresAt when the token stops working, at the latest
 */
public record Caller(int userId, String username, Role role, String family, Instant expiresAt) {
    Caller as(String usernameNow, Role roleNow) {
        return new Caller(userId, usernameNow, roleNow, family, expiresAt);
    }
}
