package com.electroisla.oldfront.http;

import com.electroisla.cart.CartRequest.SetQuantities;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.ProblemException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The old front end's wish for its cart: a quantity for each product's id. That page waits for ever after any refusal,
 * so an entry that makes no sense is left out and named, and the others count.
 *
 * @param ignored the names of the entries that were left out
 */
record Quantities(Map<Long, Integer> understood, List<String> ignored) {
    private static final int LONGEST_NAME = 40;

    /** @param updates as JSON has it: an object, or anything else */
    static Quantities of(@Nullable Object updates) {
        Map<Long, Integer> understood = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        if (updates instanceof Map<?, ?> entries) {
            entries.forEach((name, value) -> read(String.valueOf(name), value, understood, ignored));
        } else {
            ignored.add("updates");
        }
        return new Quantities(understood, List.copyOf(ignored));
    }

    private static void read(String name, @Nullable Object value, Map<Long, Integer> understood, List<String> ignored) {
        OptionalInt quantity = quantity(value);
        try {
            long product = PathId.of(name, ErrorCode.PRODUCT_NOT_FOUND);
            boolean room = understood.size() < SetQuantities.MOST || understood.containsKey(product);
            if (quantity.isPresent() && room) {
                understood.put(product, quantity.getAsInt());
                return;
            }
        } catch (ProblemException noId) {
            // Named below.
        }
        ignored.add(harmless(name));
    }

    /** A whole number from 0; a larger one than an int holds is cut later, like every other that is too large. */
    private static OptionalInt quantity(@Nullable Object value) {
        return switch (value) {
            case Integer number when number >= 0 -> OptionalInt.of(number);
            case Long number when number >= 0 -> OptionalInt.of(Integer.MAX_VALUE);
            case BigInteger number when number.signum() >= 0 -> OptionalInt.of(Integer.MAX_VALUE);
            case null, default -> OptionalInt.empty();
        };
    }

    /** The name as short plain text, whatever was sent. */
    private static String harmless(String name) {
        String printable = name.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.substring(0, Math.min(LONGEST_NAME, printable.length()));
    }
}
