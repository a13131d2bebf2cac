package com.electroisla.accounts;

import java.time.Duration;

/**
 * The tokens of a sign-in.
 *
 * @param accessToken for the {@code Authorization} header of every call
 * @param refreshToken valid once, for the next pair; empty for a browser that has it already
 * @param expiresIn how long the access token is valid
 */
public record TokenPair(String accessToken, String refreshToken, Duration expiresIn) {

    @Override
    public String toString() {
        return "TokenPair[...]";
    }
}
