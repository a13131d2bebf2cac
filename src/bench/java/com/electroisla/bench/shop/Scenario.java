package com.electroisla.bench.shop;

import java.util.Arrays;

/**
 * The buyers' carts. Every cart is a function of the buyer's number, so that each way serves the same ones.
 *
 * @param hot whether one line of every cart is the same product
 * @param lines how many different products a cart has, one unit each
 * @param products how many products the other lines are spread over
 */
public record Scenario(boolean hot, int lines, int products) {
    public static final int PRODUCTS = 10_000;
    private static final long HOT_PRODUCT = 1;

    public static Scenario hot(int lines) {
        return new Scenario(true, lines, PRODUCTS);
    }

    public static Scenario spread(int lines) {
        return new Scenario(false, lines, PRODUCTS);
    }

    /** The products of this buyer's cart in the order of their locks. */
    public long[] productsOf(int buyer) {
        long[] wanted = new long[lines];
        int filled = 0;
        if (hot) {
            wanted[filled++] = HOT_PRODUCT;
        }
        for (int attempt = 0; filled < lines; attempt++) {
            long product = 1 + Math.floorMod(mix(buyer * 31L + attempt), products);
            boolean taken = false;
            for (int i = 0; i < filled; i++) {
                taken |= wanted[i] == product;
            }
            if (!taken) {
                wanted[filled++] = product;
            }
        }
        Arrays.sort(wanted);
        return wanted;
    }

    /** Mixes the bits, so that neighbouring numbers come out far apart (the finalizer of SplitMix64). */
    private static long mix(long number) {
        long z = number * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    public String name() {
        return hot ? "1" : String.format(java.util.Locale.ROOT, "%,d", products).replace(',', '.');
    }
}
