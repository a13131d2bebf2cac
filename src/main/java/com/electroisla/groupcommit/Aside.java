package com.electroisla.groupcommit;

import java.util.HashSet;
import java.util.Set;

/** A request that waits for locked rows, or, without any, behind another request of the same user. */
final class Aside<Q extends UserRequest, R> {
    final Submission<Q, R> submission;
    final Stage stage;
    final Set<Long> products;
    boolean ownRows;

    Aside(Submission<Q, R> submission, Stage stage, Set<Long> products, boolean ownRows) {
        this.submission = submission;
        this.stage = stage;
        this.products = new HashSet<>(products);
        this.ownRows = ownRows;
    }

    boolean isFree() {
        return products.isEmpty() && !ownRows;
    }
}
