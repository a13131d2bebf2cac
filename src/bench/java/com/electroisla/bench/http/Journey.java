package com.electroisla.bench.http;

import java.util.ArrayList;
import java.util.List;

/** A buyer's calls over HTTP, one by one: the ways e, f and g. */
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
    };

    final String letter;
    /** The journey's description in Spanish. */
    final String words;

    Journey(String letter, String words) {
        this.letter = letter;
        this.words = words;
    }

    /** The calls in order, each after the answer to the one before. */
    abstract List<Call> calls(long[] products);
}
