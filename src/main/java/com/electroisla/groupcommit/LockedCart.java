package com.electroisla.groupcommit;

import java.time.Instant;

/** A user's cart row, locked until the commit, and with it all rows of this user. */
public record LockedCart(long id, int userId, Instant createdAt, Instant updatedAt) {}
