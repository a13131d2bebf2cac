package com.electroisla.admin;

import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of reservations, newest first.
 *
 * @param count of the matching ones, as far as they are counted
 */
public record ReservationsView(
        Filter filter, List<Row> rows, long count, @Nullable String next, boolean first) {
    /** The limit of the count; beyond it the list says "more than". */
    static final int COUNTED = 10_000;
    /** The count of a search with too many matches to count. */
    static final long UNCOUNTED = Long.MAX_VALUE;

    /** Whether there are more than were counted. */
    public boolean many() {
        return count > COUNTED && count != UNCOUNTED;
    }

    public boolean uncounted() {
        return count == UNCOUNTED;
    }

    /**
     * @param status a status, {@code por_expirar}, or empty
     * @param product an id as typed, or empty; an invalid one does not filter
     * @param user words of a name or an e-mail address, or empty
     * @param text words of the product's name or of the buyer's name or e-mail address, or the reservation's id, or
     *     empty
     */
    public record Filter(String status, String product, String user, String text) {
        static final List<String> STATUSES = List.of("pending", "confirmed", "cancelled", "expired", "por_expirar");

        public static Filter of(QueryParameters query) {
            String status = text(query, "estado");
            String product = text(query, "producto");
            return new Filter(
                    STATUSES.contains(status) ? status : "",
                    product,
                    SearchWords.of("usuario", query.get("usuario")).text(),
                    SearchWords.of("q", query.get("q")).text());
        }

        private static String text(QueryParameters query, String name) {
            return Objects.requireNonNullElse(query.get(name), "").strip();
        }

        boolean byProduct() {
            return product.matches("[0-9]{1,18}");
        }

        /** Whether the list has pending reservations only, which alone can be released. */
        public boolean holds() {
            return status.equals("pending") || status.equals("por_expirar");
        }

        public String at(String cursor) {
            Map<String, @Nullable String> all = new LinkedHashMap<>(
                    Map.of("estado", status, "producto", product, "usuario", user, "q", text, "cursor", cursor));
            all.values().removeIf(String::isEmpty);
            return "/admin/stock-reservations/" + QueryParameters.parse(null).with(all);
        }
    }

    /** @param secondsLeft 0 for one that has ended or expired */
    public record Row(
            long id,
            long productId,
            String product,
            int userId,
            String username,
            int quantity,
            String status,
            Instant createdAt,
            Instant expiresAt,
            long secondsLeft) {

        public boolean pending() {
            return status.equals("pending");
        }

        /** The class of the status's badge. */
        public String css() {
            return switch (status) {
                case "pending" -> "ojo";
                case "confirmed" -> "bien";
                default -> "";
            };
        }

        public String statusKey() {
            return "estado_" + status;
        }
    }

    /** All data of one reservation, with its history. */
    public record Detail(
            Row row,
            @Nullable BigDecimal unitPrice,
            @Nullable Long checkout,
            @Nullable Long order,
            String address,
            String userAgent,
            List<Event> events) {}

    /** @param what the event's key in the bundle */
    public record Event(String what, Instant at, String who) {}
}
