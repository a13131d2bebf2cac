package com.electroisla.reservation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rows that a decided batch leaves behind, each in its final state. */
final class Writes {
    /** Every hold the batch looked at or made, in the order of making. */
    final List<Hold> holds = new ArrayList<>();

    final List<PlacedOrder> orders = new ArrayList<>();
    final List<Decision.Stock> stock = new ArrayList<>();
    final List<Decision.CartState> carts = new ArrayList<>();

    List<Hold> newHolds() {
        return holds.stream().filter(hold -> hold.isNew).toList();
    }

    List<Hold> changedHolds() {
        return holds.stream().filter(Hold::isChanged).toList();
    }

    /** The checkouts that some row will name, each once. */
    List<Hold.Checkout> checkouts() {
        return Stream.concat(holds.stream().map(hold -> hold.checkout), carts.stream().map(cart -> cart.checkout))
                .filter(checkout -> checkout != null)
                .distinct()
                .toList();
    }
}
