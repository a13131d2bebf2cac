package com.electroisla.event;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A change of a product's figures, to be told with {@code stock.cambiado}. The figures are not here: the database adds
 * those that the row has when the event is written, after the change and under the product's lock.
 *
 * @param causes in the shop's words, each once
 */
public record StockChange(long product, List<String> causes) {
    /** Units were held. */
    public static final String RESERVED = "reserva";
    /** Held units were paid. */
    public static final String SOLD = "venta";
    /** A buyer gave a hold up, or replaced it. */
    public static final String GIVEN_UP = "abandono";
    /** The time of a hold ran out. */
    public static final String EXPIRED = "expiracion";
    /** The staff ended a hold. */
    public static final String RELEASED = "liberacion";
    /** Sold units came back with a cancelled order. */
    public static final String CANCELLED = "cancelacion";
    /** A catalogue file set another total. */
    public static final String IMPORTED = "importacion";
    /** A product got its first figures, from {@code stock}. */
    public static final String INITIALISED = "inicio";
    /** The figures were set to what their rows say. */
    public static final String REPAIRED = "reparacion";
    /** The product was deleted. */
    public static final String DELETED = "baja";

    public StockChange {
        causes = List.copyOf(new TreeSet<>(causes));
    }

    public static List<StockChange> of(Collection<Long> products, String cause) {
        return Set.copyOf(products).stream()
                .sorted()
                .map(product -> new StockChange(product, List.of(cause)))
                .toList();
    }
}
