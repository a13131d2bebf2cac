package com.electroisla.admin.http;

import com.electroisla.admin.ProductView;
import com.electroisla.catalog.Money;
import com.electroisla.catalog.Price;
import com.electroisla.catalog.ProductDetails;
import com.electroisla.inventory.Adjustment;
import com.electroisla.pages.Form;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was typed about a product, and whether it makes sense. */
record ProductForm(ProductView.Fields typed) {
    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("99999999.99");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_CATEGORY = 50;
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_REASON = 500;
    private static final int MOST_UNITS = 1_000_000;

    static ProductForm of(Form form) {
        return new ProductForm(new ProductView.Fields(form.text("nombre"), form.text("descripcion"), form.text("precio"), form.text("descuento"),
                form.text("categoria"), form.text("imagen_url"), form.isTicked("activo")));
    }

    /** The key of what is wrong; empty when nothing is. */
    Optional<String> problem() {
        if (typed.name().isEmpty() || length(typed.name()) > LONGEST_NAME) {
            return Optional.of("mal_nombre");
        }
        if (price(typed.price()).isEmpty()) {
            return Optional.of("mal_precio");
        }
        if (!typed.discount().isEmpty() && !typed.discount().matches("100|[0-9]{1,2}")) {
            return Optional.of("mal_descuento");
        }
        if (typed.category().isEmpty() || length(typed.category()) > LONGEST_CATEGORY) {
            return Optional.of("mal_categoria");
        }
        if (!typed.image().isEmpty() && !typed.image().matches("(https://|http://|/)[^\\s\"<>]{1,2000}")) {
            return Optional.of("mal_imagen");
        }
        return length(typed.description()) > LONGEST_TEXT ? Optional.of("mal_descripcion") : Optional.empty();
    }

    /** Only without a {@link #problem}. */
    ProductDetails details() {
        return new ProductDetails(typed.name(), typed.description(), new Price.Asked(price(typed.price()).orElseThrow()),
                typed.discount().isEmpty() ? 0 : Integer.parseInt(typed.discount()), typed.category(), typed.image(), typed.active());
    }

    /** {@code 99,90}, {@code 99.90} or {@code 99}. */
    static Optional<Money> price(String text) {
        if (!text.matches("[0-9]{1,8}([.,][0-9]{1,2})?")) {
            return Optional.empty();
        }
        BigDecimal amount = new BigDecimal(text.replace(',', '.'));
        return amount.compareTo(HIGHEST_PRICE) > 0 ? Optional.empty() : Optional.of(new Money(amount));
    }

    /** The adjustment that the form describes; empty when it is none. */
    static Optional<Adjustment> adjustment(Form form) {
        Optional<Adjustment.Kind> kind = Adjustment.Kind.of(form.text("tipo"));
        @Nullable Integer quantity = form.number("cantidad");
        String reason = form.text("motivo");
        Optional<Long> order = orderNumber(form.text("pedido"));
        if (order.isEmpty() && !form.text("pedido").isEmpty() && kind.filter(Adjustment.Kind.RETURN::equals).isPresent()) {
            return Optional.empty();
        }
        if (kind.isEmpty() || quantity == null || quantity == 0 || Math.abs((long) quantity) > MOST_UNITS || reason.isEmpty() || length(reason) > LONGEST_REASON) {
            return Optional.empty();
        }
        boolean signed = kind.get() == Adjustment.Kind.COUNT;
        return quantity < 0 && !signed ? Optional.empty() : Optional.of(new Adjustment(kind.get(), quantity, reason,
                kind.get() == Adjustment.Kind.RETURN ? order.orElse(null) : null));
    }

    /** {@code 123} or {@code #123}, as the lists write it. */
    private static Optional<Long> orderNumber(String text) {
        return text.matches("#?\\s*[0-9]{1,18}") ? Optional.of(Long.parseLong(text.replaceAll("[#\\s]", ""))) : Optional.empty();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
