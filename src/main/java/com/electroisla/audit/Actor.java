package com.electroisla.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who does something, and from where.
 *
 * @param address as PostgreSQL's {@code inet} reads it; null when it is not known
 */
public record Actor(int userId, @Nullable String address, @Nullable String userAgent) {}
