package com.electroisla.accounts;

import java.time.Instant;

/**
 * Who makes a request. As a verified access token says it, name and role are those of the moment the token was issued; what
 * {@link Accounts#present} answers has those of now, whoever changed them.
 *
 * @param family the sign-in that the token comes from; logging out ends the whole family
 * @param expiresAt when the token stops working, at the latest
 */
public record Caller(int userId, String username, Role role, String family, Instant expiresAt) {
    Caller as(String usernameNow, Role roleNow) {
        return new Caller(userId, usernameNow, roleNow, family, expiresAt);
    }
}
