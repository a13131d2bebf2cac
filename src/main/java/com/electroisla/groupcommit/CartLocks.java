package com.electroisla.groupcommit;

import com.electroisla.database.DatabaseClock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The first lock of whatever a user changes, on every instance: the user's cart row. */
public final class CartLocks {
    private CartLocks() {}

    /**
     * Locks the users' carts in id order, and makes those that are missing.
     *
     * @return by user; a user without an entry does not exist
     */
    public static Map<Integer, LockedCart> lockOrMake(Handle handle, Collection<Integer> users, DatabaseClock clock) {
        Map<Integer, LockedCart> carts = GroupCommitSql.lockCarts(handle, users);
        if (carts.size() < users.size()) {
            Set<Integer> missing = new TreeSet<>(users);
            missing.removeAll(carts.keySet());
            GroupCommitSql.makeCarts(handle, missing, clock.now(handle));
            carts.putAll(GroupCommitSql.lockCarts(handle, missing));
        }
        return carts;
    }
}
