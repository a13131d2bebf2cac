package com.electroisla.groupcommit;

import com.electroisla.database.Database;
import com.electroisla.idempotency.IdempotencyRecords;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Finds blocked requests without waiting: each query is in a transaction that is rolled back. */
final class Locks {
    private Locks() {}

    /**
     * The requests that the batch cannot serve now.
     *
     * @param products that the requests need, by user
     * @param table whether a whole table is locked
     */
    record Found(Map<Integer, Set<Long>> products, Blocked blocked, boolean table) {
        /** The locked products that this user needs. */
        Set<Long> lockedProductsOf(int user) {
            Set<Long> locked = new TreeSet<>(products.getOrDefault(user, Set.of()));
            locked.retainAll(blocked.products());
            return locked;
        }

        boolean stops(int user) {
            return blocked.users().contains(user) || !lockedProductsOf(user).isEmpty();
        }
    }

    /** Finds the locks that block a batch of these requests at this stage. */
    static <Q extends UserRequest, R> Found find(
            Database database, Decider<Q, R> decider, Stage stage, List<Q> requests) {
        return database.inTransaction(handle -> {
            boolean table = GroupCommitSql.isTableLocked(handle);
            Map<Integer, Set<Long>> products = new HashMap<>(decider.products(handle, requests));
            Set<Long> all = new TreeSet<>();
            products.values().forEach(all::addAll);
            Blocked blocked = blocked(handle, decider, stage, requests, all);
            handle.rollback();
            return new Found(products, blocked, table);
        });
    }

    /** The users and products among these that are still blocked. */
    static <Q extends UserRequest, R> Blocked blocked(
            Database database, Decider<Q, R> decider, Stage stage, List<Q> requests, Set<Long> products) {
        return database.inTransaction(handle -> {
            Blocked blocked = blocked(handle, decider, stage, requests, products);
            handle.rollback();
            return blocked;
        });
    }

    private static <Q extends UserRequest, R> Blocked blocked(
            Handle handle, Decider<Q, R> decider, Stage stage, List<Q> requests, Set<Long> products) {
        Collection<Integer> users =
                new TreeSet<>(requests.stream().map(UserRequest::userId).toList());
        Set<Integer> own = new TreeSet<>();
        if (!users.isEmpty()) {
            own.addAll(GroupCommitSql.lockedUsers(handle, stage, users));
            if (stage == Stage.WRITING) {
                own.addAll(IdempotencyRecords.lockedUsers(handle, users));
            }
        }
        return new Blocked(own, Set.of()).and(decider.blocked(handle, stage, users, products));
    }
}
