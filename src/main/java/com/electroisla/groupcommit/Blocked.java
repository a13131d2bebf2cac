package com.electroisla.groupcommit;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The requests that a locked row blocks: all that need one of the products, and those of users whose own rows are
 * locked (cart, lines, holds, account, kept answers).
 */
public record Blocked(Set<Integer> users, Set<Long> products) {
    public static final Blocked NOBODY = new Blocked(Set.of(), Set.of());

    public boolean isNobody() {
        return users.isEmpty() && products.isEmpty();
    }

    /** The union of both. */
    public Blocked and(Blocked other) {
        return new Blocked(union(users, other.users), union(products, other.products));
    }

    private static <T> Set<T> union(Collection<T> some, Collection<T> others) {
        Set<T> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
