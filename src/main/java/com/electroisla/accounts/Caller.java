package com.electroisla.accounts;

import java.time.Instant;

/**
 * Who makes a request, as a verified access token says. Name and role are those of the moment the token was issued, so
 * a change of role takes at most one token's life (15 minutes) to show.
 *
 * @param family the sign-in that the token comes from; logging out ends the whole family
 * @param expiresAt when the token stops working, at the latest
 */
public record Caller(int userId, String username, Role role, String family, Instant expiresAt) {}
