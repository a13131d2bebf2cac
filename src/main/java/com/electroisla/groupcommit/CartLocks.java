package com.electroisla.groupcommit;

import com.electroisla.database.DatabaseClock;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The first lock of every change by a user, on every instance: the user's cart row. */
public final class CartLocks {
    private CartLocks() {}

    /** Locks the user's cart, and makes it if it is missing; false when the user does not exist or was deactivated. */
    public static boolean lockOrMake(Handle handle, int user, DatabaseClock clock) {
        GroupCommitSql.CartOf cart = GroupCommitSql.lockCart(handle, user);
        if (cart == GroupCommitSql.CartOf.MISSING) {
            GroupCommitSql.makeCarts(handle, Set.of(user), clock.now(handle));
            cart = GroupCommitSql.lockCart(handle, user);
        }
        return cart == GroupCommitSql.CartOf.LOCKED;
    }
}
