package com.electroisla.reservation;

import com.electroisla.order.Order;
import java.util.ArrayList;
import java.util.List;

/** The rows that a decided batch leaves behind, each in its final state. */
final class Writes {
    /** Every hold the batch looked at or made, in the order of making. */
    final List<Hold> holds = new ArrayList<>();

    final List<Order> orders = new ArrayList<>();
    final List<Decision.Stock> stock = new ArrayList<>();
    /** Products whose holds were more than counted as held. */
    final List<Long> drifted = new ArrayList<>();

    /** All that were looked at; what changed in them they know. */
    final List<Decision.CartState> carts = new ArrayList<>();

    List<Hold> newHolds() {
        return holds.stream().filter(hold -> hold.isNew).toList();
    }

    List<Hold> changedHolds() {
        return holds.stream().filter(Hold::isChanged).toList();
    }
}
