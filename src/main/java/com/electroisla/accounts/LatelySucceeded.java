package com.electroisla.accounts;

import com.electroisla.accounts.PasswordThreads.Lane;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * The users and addresses that signed in lately on this instance: room is kept for them when strangers guess passwords
 * in crowds. No login is allowed or refused by it, so it need not be complete, outlive the process or be shared with
 * other instances.
 */
final class LatelySucceeded {
    private static final int MOST = 50_000;
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Cache<String, Boolean> seen =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    void entered(String address, String username) {
        seen.put(address(address), true);
        seen.put(user(username), true);
        seen.put(pair(address, username), true);
    }

    Lane laneOf(String address, String username) {
        if (has(pair(address, username))) {
            return Lane.AT_HOME;
        }
        return has(user(username)) || has(address(address)) ? Lane.KNOWN : Lane.STRANGER;
    }

    /** The lane of an attempt without a username yet. */
    Lane laneOf(String address) {
        return has(address(address)) ? Lane.KNOWN : Lane.STRANGER;
    }

    private boolean has(String key) {
        return seen.getIfPresent(key) != null;
    }

    private static String address(String address) {
        return "a:" + address;
    }

    private static String user(String username) {
        return "u:" + username;
    }

    private static String pair(String address, String username) {
        return "p:" + address + ' ' + username;
    }
}
