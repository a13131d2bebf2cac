package com.electroisla.admin;

import com.electroisla.database.StockFigures;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The filter and the order of the list of products, as in the page's address.
 *
 * @param search words of the name and the description, or an id
 * @param category a category's code; empty for all
 * @param active {@code si}, {@code no} or empty
 * @param stock {@code agotado}, {@code bajo} or empty
 * @param order a column of {@link Order}
 */
public record ProductFilter(
        SearchWords search, String category, String active, String stock, Order order, boolean descending) {
    /** A product with this many units or fewer is low on stock. */
    public static final int LOW_STOCK = 5;

    /** The columns that the list can be sorted by. */
    public enum Order {
        ID("id", "id", "bigint"),
        NAME("nombre", "nombre", "text"),
        CATEGORY("categoria", "categoria", "text"),
        PRICE("precio", "precio", "numeric"),
        TOTAL("stock_total", "stock_total", "integer"),
        RESERVED("reservado", "stock_reservado", "integer"),
        SOLD("vendido", "stock_vendido", "integer"),
        AVAILABLE("disponible", StockFigures.FREE, "integer");

        private final String word;
        private final String expression;
        private final String type;

        Order(String word, String expression, String type) {
            this.word = word;
            this.expression = expression;
            this.type = type;
        }

        public String word() {
            return word;
        }

        static Optional<Order> of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word.equals(word))
                    .findFirst();
        }

        String expression() {
            return expression;
        }

        /** The SQL type of a key, to which its text is cast. */
        String type() {
            return type;
        }
    }

    /** Reads the filter. Invalid values are ignored here; {@link Filters} reports them. */
    public static ProductFilter of(QueryParameters query) {
        String asked = text(query, "orden");
        String word = asked.startsWith("-") ? asked.substring(1) : asked;
        Order order = Order.of(word).orElse(Order.ID);
        return new ProductFilter(
                SearchWords.of("q", query.get("q")),
                text(query, "categoria"),
                text(query, "activo"),
                text(query, "stock"),
                order,
                asked.startsWith("-"));
    }

    private static String text(QueryParameters query, String name) {
        return Objects.requireNonNullElse(query.get(name), "").strip();
    }

    /** Whether an index leads straight to the first rows. */
    boolean isIndexed() {
        boolean ordered = order == Order.ID || order == Order.NAME || order == Order.PRICE || order == Order.CATEGORY;
        return ordered && search.isEmpty() && stock.isEmpty();
    }

    public String orderText() {
        return (descending ? "-" : "") + order.word;
    }

    /** The address of the same list sorted by this column, in the other direction if it is sorted by it already. */
    public String sortedBy(String word) {
        boolean same = order.word.equals(word);
        return address(Map.of("orden", same && !descending ? "-" + word : word));
    }

    /** The value of {@code aria-sort}; null for a column that the list is not sorted by. */
    public @Nullable String ariaSort(String word) {
        if (!order.word.equals(word)) {
            return null;
        }
        return descending ? "descending" : "ascending";
    }

    /** The address of the page of this list that begins at a cursor. */
    public String at(String cursor) {
        return address(Map.of("cursor", cursor));
    }

    /**
     * The address of the whole list as a file.
     *
     * @param extension {@code csv} or {@code xlsx}
     */
    public String file(String extension) {
        return "/admin/productos/exportar/productos." + extension + asked(Map.of());
    }

    /** The text that a cursor is bound to. */
    String fingerprint() {
        return address();
    }

    /** The address of the list's first page. */
    public String address() {
        return address(Map.of());
    }

    private String address(Map<String, String> changes) {
        return "/admin/productos/" + asked(changes);
    }

    private String asked(Map<String, String> changes) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("q", search.text());
        all.put("categoria", category);
        all.put("activo", active);
        all.put("stock", stock);
        all.put("orden", order == Order.ID && !descending ? "" : orderText());
        all.putAll(changes);
        all.values().removeIf(value -> value == null || value.isEmpty());
        return QueryParameters.parse(null).with(all);
    }
}
