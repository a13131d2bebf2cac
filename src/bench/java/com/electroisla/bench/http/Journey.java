package com.electroisla.bench.http;

import java.util.ArrayList;
import java.util.List;

/** A buyer's calls over HTTP, one by one: the ways e, f, g and j. */
enum Journey {
    /** The upper limit: the server checks the token and answers, and that is all. */
    NOTHING("e", "HTTP sin trabajo: GET /api/quien-soy/") {
        @Override
        List<Call> calls(long[] products) {
            return List.of(Call.WHO_AM_I);
        }
    },
    /** The cart is full beforehand. */
    CHECKOUT("f", "checkout por HTTP") {
        @Override
        List<Call> calls(long[] products) {
            return List.of(Call.CHECKOUT);
        }
    },
    /** The cart is empty before and after. */
    PURCHASE("g", "compra entera por HTTP: agregar, checkout, pedido") {
        @Override
        List<Call> calls(long[] products) {
            List<Call> calls = new ArrayList<>();
            for (long product : products) {
                calls.add(Call.add(product));
            }
            calls.add(Call.CHECKOUT);
            calls.add(Call.PAY);
            return calls;
        }
    },
    /** The same with a payment through a provider, which the client plays. */
    PAYMENT("j", "compra entera por HTTP con un pago: agregar, checkout, pago y su evento") {
        @Override
        List<Call> calls(long[] products) {
            List<Call> calls = new ArrayList<>();
            for (long product : products) {
                calls.add(Call.add(product));
            }
            calls.add(Call.CHECKOUT);
            calls.add(Call.BEGIN);
            calls.add(Call.TELL);
            return calls;
        }
    };

    final String letter;
    /** The journey's description in Spanish. */
    final String words;

    Journey(String letter, String words) {
        this.letter = letter;
        this.words = words;
    }

    /** Whether the cart is full before, empty after, and its units sold. */
    boolean buys() {
        return this == PURCHASE || this == PAYMENT;
    }

    /** The calls in order, each after the answer to the one before. */
    abstract List<Call> calls(long[] products);
}
