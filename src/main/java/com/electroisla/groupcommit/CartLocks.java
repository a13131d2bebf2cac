package com.electroisla.groupcommit;

import com.electroisla.database.DatabaseClock;
import java.util.Collection;
import java.util.Map;
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

    /**
     * Locks the carts of several users, in id order, and makes those that are missing.
     *
     * @return by user; without users who do not exist or were deactivated
     */
    public static Map<Integer, LockedCart> lockOrMakeAll(
            Handle handle, Collection<Integer> users, DatabaseClock clock) {
        GroupCommitSql.makeCarts(handle, users, clock.now(handle));
        return GroupCommitSql.lockCarts(handle, users);
    }
}
