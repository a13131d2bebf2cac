package com.electroisla.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to a product's stock, newest first, with the figures after each.
 *
 * @param from as typed, a day; empty for the beginning
 * @param to as typed, a day; empty for now
 * @param more whether there is more than is shown; the exported file has all
 * @param moment as typed; empty when no past moment was asked for
 */
public record KardexView(long productId, String product, String from, String to, List<Row> rows, boolean more, String moment, @Nullable Past past) {

    /**
     * @param kind {@code entrada}, {@code ajuste}, {@code merma}, {@code devolucion}, {@code reserva}, {@code venta} or {@code liberacion}
     * @param total the figures after it
     * @param hold the reservation's id; null for a movement
     */
    public record Row(Instant at, String kind, int deltaTotal, int deltaReserved, int deltaSold, int total, int reserved, int sold, String user,
            String reason, @Nullable Long hold, @Nullable Long order) {
        public String kindKey() {
            return "tipo_" + kind;
        }

        public int available() {
            return total - reserved - sold;
        }
    }

    /** The product as it stood, and the holds and orders that made it so. */
    public record Past(Instant at, int total, int reserved, int sold, List<Row> holds, List<Row> sales) {
        public int available() {
            return total - reserved - sold;
        }
    }
}
