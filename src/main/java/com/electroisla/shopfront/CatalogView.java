package com.electroisla.shopfront;

import com.electroisla.catalog.Category;
import com.electroisla.catalog.ProductOrdering;
import com.electroisla.catalog.ProductPage;
import com.electroisla.catalog.Products;
import com.electroisla.http.QueryParameters;
import com.electroisla.pages.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of the catalogue with its search.
 *
 * @param ids of its products, for the stream that updates their badges
 * @param next address of the following page; null on the last
 */
public record CatalogView(
        String search,
        String category,
        boolean onlyAvailable,
        List<Choice> categories,
        List<Choice> orderings,
        List<ProductCard> products,
        String ids,
        long count,
        int page,
        @Nullable String next,
        @Nullable String previous) {
    private static final List<ProductOrdering> OFFERED = List.of(
            ProductOrdering.CREATED_DESCENDING,
            ProductOrdering.NAME,
            ProductOrdering.PRICE,
            ProductOrdering.PRICE_DESCENDING);
    private static final List<String> ORDERING_TEXTS =
            List.of("orden_nuevo", "orden_nombre", "orden_barato", "orden_caro");

    /** One option of a list, or a link that leads to it. */
    public record Choice(String value, String text, String href, boolean chosen) {}

    public static CatalogView of(QueryParameters query, ProductPage page, Words words) {
        List<ProductCard> cards = page.products().stream()
                .map(product -> ProductCard.of(product, words))
                .toList();
        String category = text(query, "categoria");
        return new CatalogView(
                text(query, "search"),
                category,
                query.isTrue("disponible"),
                categories(query, category, words),
                orderings(text(query, "ordering"), words),
                cards,
                cards.stream().map(card -> Long.toString(card.id())).collect(Collectors.joining(",")),
                page.count(),
                page.number(),
                page.next()
                        .map(next ->
                                address(query, Integer.toString(next.page()), next.encode(Products.fingerprint(query))))
                        .orElse(null),
                page.number() > 1
                        ? address(query, page.number() == 2 ? null : Integer.toString(page.number() - 1), null)
                        : null);
    }

    private static String address(QueryParameters query, @Nullable String page, @Nullable String cursor) {
        Map<String, @Nullable String> changes = new HashMap<>();
        changes.put("page", page);
        changes.put("cursor", cursor);
        changes.put("lang", null);
        changes.put("tema", null);
        return "/" + query.with(changes);
    }

    private static List<Choice> categories(QueryParameters query, String chosen, Words words) {
        Stream<Choice> all = Stream.of(category(query, null, words.text("todo"), chosen.isEmpty()));
        return Stream.concat(
                        all,
                        Stream.of(Category.values())
                                .map(each -> category(
                                        query,
                                        each.code(),
                                        words.text("tipo_" + each.code()),
                                        each.code().equals(chosen))))
                .toList();
    }

    private static Choice category(QueryParameters query, @Nullable String code, String text, boolean chosen) {
        Map<String, @Nullable String> changes = new HashMap<>();
        Stream.of("page", "cursor", "lang", "tema").forEach(name -> changes.put(name, null));
        changes.put("categoria", code);
        return new Choice(code == null ? "" : code, text, "/" + query.with(changes), chosen);
    }

    private static List<Choice> orderings(String chosen, Words words) {
        return Stream.iterate(0, i -> i < OFFERED.size(), i -> i + 1)
                .map(i -> new Choice(
                        OFFERED.get(i).text(),
                        words.text(ORDERING_TEXTS.get(i)),
                        "",
                        OFFERED.get(i).text().equals(chosen)))
                .toList();
    }

    private static String text(QueryParameters query, String name) {
        String value = query.get(name);
        return value == null ? "" : value;
    }
}
