package com.electroisla.shopfront;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the buyer's orders, newest first, with the addresses of its neighbours.
 *
 * @param payments those without an order; only on the first page
 */
public record OwnOrdersView(
        List<OrderView> orders,
        @Nullable String next,
        @Nullable String previous,
        List<PaymentView> payments) {}
