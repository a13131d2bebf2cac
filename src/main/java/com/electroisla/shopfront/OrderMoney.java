package com.electroisla.shopfront;

import com.electroisla.pages.Words;
import com.electroisla.purchase.Purchases;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The money of an order as its buyer sees it.
 *
 * @param payment the reader's payment through a provider that bought it; null when there was none
 * @param late whether its money came late
 * @param refunds what is owed back or was given back, in sentences; the order tells what is owed of itself
 */
public record OrderMoney(@Nullable Long payment, boolean late, List<String> refunds) {
    /** @param reader null for somebody who is not signed in */
    public static OrderMoney of(Optional<Purchases.Bought> bought, @Nullable Integer reader, Words words) {
        return bought.map(each -> new OrderMoney(
                        Integer.valueOf(each.payment().userId()).equals(reader)
                                ? each.payment().payment()
                                : null,
                        each.payment().late(),
                        each.refunds().stream()
                                .map(refund -> PaymentView.refund(refund, words))
                                .toList()))
                .orElseGet(() -> new OrderMoney(null, false, List.of()));
    }
}
