package com.electroisla.admin.http;

import com.electroisla.admin.ProductView;
import com.electroisla.catalog.FieldMarks;
import com.electroisla.catalog.Money;
import com.electroisla.catalog.Price;
import com.electroisla.catalog.ProductDetails;
import com.electroisla.catalog.ProductField;
import com.electroisla.catalog.ProductField.Kind;
import com.electroisla.catalog.ProductRules;
import com.electroisla.catalog.TypedPrice;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.Adjustment;
import com.electroisla.pages.Form;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The typed values of a product, and their checks. */
record ProductForm(ProductView.Fields typed) {
    private static final int LONGEST_REASON = 500;
    private static final int MOST_UNITS = 1_000_000;

    /** An empty form. */
    static final ProductView.Fields BLANK = of(new Form(Map.of("activo", List.of("si"), "descuento", List.of("0"))))
            .typed();

    /** The values of a new product before its fields are given. */
    static final ProductDetails NOTHING = nothing();

    private static ProductDetails nothing() {
        Map<ProductField, Object> values = new EnumMap<>(ProductField.class);
        for (ProductField field : ProductField.values()) {
            values.put(
                    field,
                    switch (field.kind().type()) {
                        case TEXT -> "";
                        case PRICE -> new Price.Asked(Money.ZERO);
                        case WHOLE -> 0;
                        case TRUTH -> true;
                    });
        }
        return new ProductDetails(values);
    }

    static ProductForm of(Form form) {
        Map<ProductField, String> typed = new EnumMap<>(ProductField.class);
        for (ProductField field : ProductField.values()) {
            typed.put(
                    field,
                    switch (field.kind().type()) {
                        case TEXT -> ProductRules.clean(form.raw(field.column()));
                        case PRICE, WHOLE -> form.text(field.column());
                        case TRUTH -> Boolean.toString(form.isTicked(field.column()));
                    });
        }
        return new ProductForm(new ProductView.Fields(typed));
    }

    /** The typed values by field name, normalised where they are valid. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        typed.typed()
                .forEach((field, text) -> values.put(
                        field.column(), value(field).map(Object::toString).orElse(text)));
        return values;
    }

    /** The fields with another value than the user was shown; a new set. */
    Set<String> touched(FieldMarks seen) {
        Set<String> touched = new LinkedHashSet<>();
        values().forEach((field, value) -> {
            if (!seen.isStill(field, value)) {
                touched.add(field);
            }
        });
        return touched;
    }

    /**
     * The key of the first fault among the touched fields; empty when there is none. Untouched fields stay as they
     * are, even if invalid.
     */
    Optional<String> problem(Set<String> touched) {
        return Stream.of(ProductField.values())
                .filter(field -> touched.contains(field.column()) && isWrong(field))
                .min(Comparator.comparing(field -> field.kind() == Kind.PARAGRAPHS))
                .map(field -> field == ProductField.PRICE ? priceProblem(typed.text(field)) : "mal_" + field.column());
    }

    private boolean isWrong(ProductField field) {
        return field.kind().isText()
                ? field.flaw(typed.text(field)).isPresent()
                : value(field).isEmpty();
    }

    /**
     * The details; requires that there is no {@link #problem}.
     *
     * @param others the values of untouched fields
     */
    ProductDetails details(ProductDetails others, Set<String> touched) {
        Map<ProductField, Object> mine = new EnumMap<>(ProductField.class);
        others.fields().forEach((field, other) -> mine.put(field, value(field).orElse(other)));
        return others.with(touched, new ProductDetails(mine));
    }

    /** The field's value; empty for an invalid price or number. */
    private Optional<Object> value(ProductField field) {
        String text = typed.text(field);
        return switch (field.kind().type()) {
            case TEXT -> Optional.of(text);
            case PRICE -> price(text).<Object>map(Price.Asked::new);
            case WHOLE -> number(text, field.highest());
            case TRUTH -> Optional.of(Boolean.valueOf(text));
        };
    }

    private static Optional<Object> number(String text, int highest) {
        if (text.isEmpty()) {
            return Optional.of(0);
        }
        return text.matches("[0-9]{1,2}|[1-9][0-9]{2,8}") && Integer.parseInt(text) <= highest
                ? Optional.of(Integer.valueOf(text))
                : Optional.empty();
    }

    static Optional<Money> price(String text) {
        return TypedPrice.of(text) instanceof TypedPrice.Amount(Money money) ? Optional.of(money) : Optional.empty();
    }

    /** The key of the reason why a text is no price. */
    static String priceProblem(String text) {
        return TypedPrice.of(text) instanceof TypedPrice.Ambiguous ? "precio_ambiguo" : "mal_precio";
    }

    /** The adjustment in the form, other than a count; empty when it is invalid. */
    static Optional<Adjustment> adjustment(Form form) {
        Optional<Adjustment.Kind> kind =
                Adjustment.Kind.of(form.text("tipo")).filter(each -> each != Adjustment.Kind.COUNT);
        @Nullable Integer quantity = form.number("cantidad");
        if (kind.isEmpty() || quantity == null || quantity <= 0 || quantity > MOST_UNITS || badReason(form)) {
            return Optional.empty();
        }
        boolean returns = kind.get() == Adjustment.Kind.RETURN;
        Optional<Long> order = orderNumber(form.text("pedido"));
        if (returns && order.isEmpty() && !form.text("pedido").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Adjustment(kind.get(), quantity, form.text("motivo"), returns ? order.orElse(null) : null));
    }

    /** The count in the form: all units, or with a sign the difference; empty when it is invalid. */
    static Optional<AdjustStock.Count> count(Form form) {
        @Nullable Integer quantity = form.number("cantidad");
        if (quantity == null || Math.abs((long) quantity) > MOST_UNITS || badReason(form)) {
            return Optional.empty();
        }
        return Optional.of(new AdjustStock.Count(
                quantity, Character.isDigit(form.signed("cantidad").charAt(0)), form.text("motivo")));
    }

    private static boolean badReason(Form form) {
        return form.text("motivo").isEmpty() || length(form.text("motivo")) > LONGEST_REASON;
    }

    /** Parses {@code 123} or {@code #123}, as the lists write it. */
    private static Optional<Long> orderNumber(String text) {
        return text.matches("#?\\s*[0-9]{1,18}")
                ? Optional.of(Long.parseLong(text.replaceAll("[#\\s]", "")))
                : Optional.empty();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
