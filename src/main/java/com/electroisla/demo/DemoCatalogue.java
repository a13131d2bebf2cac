package com.electroisla.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The products, from {@code catalogo.tsv} beside this class. Product 1 is the one in the guide: 99.99 without a
 * discount.
 */
final class DemoCatalogue {
    private DemoCatalogue() {}

    /** A line of the file; the field names are the column names in camelCase. */
    record Item(
            long id,
            String nombre,
            String descripcion,
            BigDecimal precio,
            int descuento,
            String categoria,
            int stockTotal) {}

    static List<Item> items() {
        AtomicLong ids = new AtomicLong();
        return text("catalogo.tsv")
                .lines()
                .skip(1)
                .map(line -> item(ids.incrementAndGet(), line.split("\t")))
                .toList();
    }

    private static Item item(long id, String[] cells) {
        return new Item(
                id,
                cells[0],
                cells[1],
                new BigDecimal(cells[2]),
                Integer.parseInt(cells[3]),
                cells[4],
                Integer.parseInt(cells[5]));
    }

    static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(DemoCatalogue.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damagedJar) {
            throw new UncheckedIOException(damagedJar);
        }
    }
}
