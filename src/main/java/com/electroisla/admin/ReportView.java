package com.electroisla.admin;

import java.math.BigDecimal;
import java.util.List;

/**
 * Holds and orders of a period that became money, and those that did not.
 *
 * @param from the first day, as typed or preset
 * @param to the last day, as typed or preset
 * @param lost the products of which the most held units were not sold
 * @param late payments whose money came when their holds were over, and bought nevertheless
 */
public record ReportView(
        String from,
        String to,
        Holds holds,
        List<Lost> lost,
        List<Orders> orders,
        List<Payments> payments,
        Sum late,
        Sum owed,
        Sum given) {

    /** @param open still held */
    public record Holds(Units sold, Units givenUp, Units ranOut, Units open) {}

    public record Units(long holds, long units) {}

    public record Lost(long id, String name, long units, long sold) {}

    /** The orders of a payment method. */
    public record Orders(
            String method, boolean known, Sum placed, Sum confirmed, Sum waiting, Sum lapsed, Sum cancelled) {
        public String methodKey() {
            return "pago_" + method;
        }
    }

    public record Payments(String state, Sum sum) {
        public String stateKey() {
            return "pago_" + state;
        }
    }

    public record Sum(long count, BigDecimal amount) {}
}
