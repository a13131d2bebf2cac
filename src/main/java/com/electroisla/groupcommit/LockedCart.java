package com.electroisla.groupcommit;

import java.time.Instant;

/** A user's cart row, locked until the commit: nobody else changes what is this user's. */
public record LockedCart(long id, int userId, Instant createdAt, Instant updatedAt) {}
