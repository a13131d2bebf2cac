package com.electroisla.accounts;

import java.time.Duration;

/**
 * What a sign-in hands out.
 *
 * @param accessToken for the {@code Authorization} header of every call
 * @param refreshToken good once, for the next pair
 * @param expiresIn how long the access token works
 */
public record TokenPair(String accessToken, String refreshToken, Duration expiresIn) {

    @Override
    public String toString() {
        return "TokenPair[...]";
    }
}
