package com.electroisla.admin.http;

import com.electroisla.admin.ProductView;
import com.electroisla.catalog.FieldMarks;
import com.electroisla.catalog.Money;
import com.electroisla.catalog.Price;
import com.electroisla.catalog.ProductDetails;
import com.electroisla.catalog.ProductRules;
import com.electroisla.catalog.TypedPrice;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.Adjustment;
import com.electroisla.pages.Form;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The typed values of a product, and their checks. */
record ProductForm(ProductView.Fields typed) {
    private static final int LONGEST_REASON = 500;
    private static final int MOST_UNITS = 1_000_000;

    static ProductForm of(Form form) {
        return new ProductForm(new ProductView.Fields(clean(form, "nombre"), clean(form, "descripcion"), form.text("precio"), form.text("descuento"),
                clean(form, "categoria"), clean(form, "imagen_url"), form.isTicked("activo")));
    }

    private static String clean(Form form, String name) {
        return ProductRules.clean(form.raw(name));
    }

    /** The typed values by field name, normalised where they are valid. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("nombre", typed.name());
        values.put("descripcion", typed.description());
        values.put("precio", price(typed.price()).map(Money::toString).orElse(typed.price()));
        values.put("descuento", discount().map(Object::toString).orElse(typed.discount()));
        values.put("categoria", typed.category());
        values.put("imagen_url", typed.image());
        values.put("activo", Boolean.toString(typed.active()));
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
        if (touched.contains("nombre") && ProductRules.name(typed.name()).isPresent()) {
            return Optional.of("mal_nombre");
        }
        if (touched.contains("precio") && price(typed.price()).isEmpty()) {
            return Optional.of(priceProblem(typed.price()));
        }
        if (touched.contains("descuento") && discount().isEmpty()) {
            return Optional.of("mal_descuento");
        }
        if (touched.contains("categoria") && ProductRules.category(typed.category()).isPresent()) {
            return Optional.of("mal_categoria");
        }
        if (touched.contains("imagen_url") && ProductRules.image(typed.image()).isPresent()) {
            return Optional.of("mal_imagen");
        }
        return touched.contains("descripcion") ? ProductRules.description(typed.description()).map(_ -> "mal_descripcion") : Optional.empty();
    }

    /**
     * The details; requires that there is no {@link #problem}.
     *
     * @param others the values of untouched fields
     */
    ProductDetails details(ProductDetails others, Set<String> touched) {
        ProductDetails mine = new ProductDetails(typed.name(), typed.description(), price(typed.price()).<Price>map(Price.Asked::new).orElse(others.price()),
                discount().orElse(others.discountPercent()), typed.category(), typed.image(), typed.active());
        return others.with(touched, mine);
    }

    private Optional<Integer> discount() {
        if (typed.discount().isEmpty()) {
            return Optional.of(0);
        }
        return typed.discount().matches("100|[0-9]{1,2}") ? Optional.of(Integer.valueOf(typed.discount())) : Optional.empty();
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
        Optional<Adjustment.Kind> kind = Adjustment.Kind.of(form.text("tipo")).filter(each -> each != Adjustment.Kind.COUNT);
        @Nullable Integer quantity = form.number("cantidad");
        if (kind.isEmpty() || quantity == null || quantity <= 0 || quantity > MOST_UNITS || badReason(form)) {
            return Optional.empty();
        }
        boolean returns = kind.get() == Adjustment.Kind.RETURN;
        Optional<Long> order = orderNumber(form.text("pedido"));
        if (returns && order.isEmpty() && !form.text("pedido").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Adjustment(kind.get(), quantity, form.text("motivo"), returns ? order.orElse(null) : null));
    }

    /** The count in the form: all units, or with a sign the difference; empty when it is invalid. */
    static Optional<AdjustStock.Count> count(Form form) {
        @Nullable Integer quantity = form.number("cantidad");
        if (quantity == null || Math.abs((long) quantity) > MOST_UNITS || badReason(form)) {
            return Optional.empty();
        }
        return Optional.of(new AdjustStock.Count(quantity, Character.isDigit(form.signed("cantidad").charAt(0)), form.text("motivo")));
    }

    private static boolean badReason(Form form) {
        return form.text("motivo").isEmpty() || length(form.text("motivo")) > LONGEST_REASON;
    }

    /** Parses {@code 123} or {@code #123}, as the lists write it. */
    private static Optional<Long> orderNumber(String text) {
        return text.matches("#?\\s*[0-9]{1,18}") ? Optional.of(Long.parseLong(text.replaceAll("[#\\s]", ""))) : Optional.empty();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
