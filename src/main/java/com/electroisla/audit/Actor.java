package com.electroisla.audit;

import org.jspecify.annotations.Nullable;

/**
 * The author of a change and their address.
 *
 * @param userId {@link #NOBODY} when it is no user of the shop
 * @param address as PostgreSQL's {@code inet} reads it; null when it is not known
 */
public record Actor(
        int userId, @Nullable String address, @Nullable String userAgent) {
    static final int NOBODY = 0;

    /**
     * The operator, who is no user of the shop: the log keeps the command and the name of the system user who started
     * it.
     */
    public static Actor ofCommand(String command) {
        return new Actor(NOBODY, null, "./manage " + command + " (" + System.getProperty("user.name") + ")");
    }
}
