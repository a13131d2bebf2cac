package com.electroisla.reservation;

import com.electroisla.order.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows to write after a batch's decision, each in its final state. */
final class Writes {
    /** Every hold that the batch read or made, in the order of making. */
    final List<Hold> holds = new ArrayList<>();

    final List<Order> orders = new ArrayList<>();
    /** The languages of the orders' buyers, by order, where they are known. */
    final Map<Long, Locale> languages = new HashMap<>();

    final List<Decision.Stock> stock = new ArrayList<>();
    /** Products whose holds exceeded the figure for held units. */
    final List<Long> drifted = new ArrayList<>();

    /** All carts that were read; each knows its own changes. */
    final List<Decision.CartState> carts = new ArrayList<>();

    List<Hold> newHolds() {
        return holds.stream().filter(hold -> hold.isNew).toList();
    }

    List<Hold> changedHolds() {
        return holds.stream().filter(Hold::isChanged).toList();
    }
}
