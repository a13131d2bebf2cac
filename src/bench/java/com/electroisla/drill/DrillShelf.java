package com.electroisla.drill;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The drill's products: a few scarce ones, which all buyers want, and many with plenty of units. */
final class DrillShelf {
    private static final int SCARCE = 10;
    private static final int PLENTY = 30;
    private static final int FEW_UNITS = 40;
    private static final int MANY_UNITS = 1_000_000;
    private static final double TO_SCARCE = 0.4;
    private static final double TO_BUSIEST = 0.1;

    /** One of the plentiful products, wanted by more buyers than any other. */
    static final long BUSIEST = SCARCE + 1;

    private DrillShelf() {}

    /** Units by product; the ids count from 1. */
    static Map<Long, Integer> products() {
        Map<Long, Integer> units = new TreeMap<>();
        for (long id = 1; id <= SCARCE + PLENTY; id++) {
            units.put(id, id <= SCARCE ? FEW_UNITS : MANY_UNITS);
        }
        return units;
    }

    static String name(long product) {
        return "Producto " + product;
    }

    static long product(String name) {
        return Long.parseLong(name.substring("Producto ".length()));
    }

    static long any(Random random) {
        double drawn = random.nextDouble();
        if (drawn < TO_BUSIEST) {
            return BUSIEST;
        }
        return drawn < TO_BUSIEST + TO_SCARCE ? 1 + random.nextInt(SCARCE) : 1 + SCARCE + random.nextInt(PLENTY);
    }
}
