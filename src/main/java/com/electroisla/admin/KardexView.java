package com.electroisla.admin;

import com.electroisla.database.StockFigures;
import com.electroisla.http.QueryParameters;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the history of a product's stock, newest first, with the figures after each event.
 *
 * @param from a day as typed; empty for the beginning
 * @param to a day as typed; empty for now
 * @param next the cursor of the page after this one; null on the last
 * @param first whether it is the first page
 * @param moment as typed; empty when no past moment was asked for
 */
public record KardexView(
        long productId,
        String product,
        String from,
        String to,
        List<Row> rows,
        @Nullable String next,
        boolean first,
        String moment,
        @Nullable Past past) {

    /** The address of the page of this history that begins at a cursor; an empty one means the first page. */
    public String at(String cursor) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("desde", from);
        all.put("hasta", to);
        all.put("cursor", cursor);
        all.values().removeIf(value -> value == null || value.isEmpty());
        return "/admin/productos/" + productId + "/kardex/"
                + QueryParameters.parse(null).with(all);
    }

    /**
     * @param kind {@code entrada}, {@code ajuste}, {@code merma}, {@code devolucion}, {@code reserva}, {@code venta}
     *     or {@code liberacion}
     * @param total the figure after the event
     * @param hold the reservation's id; null for a movement
     */
    public record Row(
            Instant at,
            String kind,
            int deltaTotal,
            int deltaReserved,
            int deltaSold,
            int total,
            int reserved,
            int sold,
            String user,
            String reason,
            @Nullable Long hold,
            @Nullable Long order) {
        public String kindKey() {
            return "tipo_" + kind;
        }

        public int available() {
            return new StockFigures(total, reserved, sold).free();
        }
    }

    /** The product's figures at a past moment, with the holds and orders that explain them. */
    public record Past(Instant at, int total, int reserved, int sold, List<Row> holds, List<Row> sales) {
        public int available() {
            return new StockFigures(total, reserved, sold).free();
        }
    }
}
