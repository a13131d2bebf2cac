package com.electroisla.oldfront.http;

import com.electroisla.catalog.Price;
import com.electroisla.catalog.ProductChange;
import com.electroisla.catalog.ProductField;
import com.electroisla.catalog.ProductRules;
import com.electroisla.catalog.ShopWindow;
import com.electroisla.catalog.TypedPrice;
import com.electroisla.http.Json;
import com.electroisla.http.Problem;
import com.electroisla.http.ProblemException;
import com.electroisla.pages.Form;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a product as they were sent, by the rules of {@code catalog}; a field that was not sent stays as it is.
 * The old front end sends a form, whose values are all texts; JSON with the same names is read likewise.
 */
record AdminProductFields(Form sent) {
    private static final String UNITS = "stock";
    private static final String UNITS_AGAIN = "stock_total";

    static AdminProductFields of(MultiMap form) {
        Map<String, List<String>> values = new HashMap<>();
        form.names().forEach(name -> values.put(name, form.getAll(name)));
        return new AdminProductFields(new Form(values));
    }

    static AdminProductFields ofJson(byte[] body, @Nullable String contentType) {
        Map<String, List<String>> values = new HashMap<>();
        Map<?, ?> json = Json.read(body, contentType, Map.class);
        json.forEach((name, value) -> {
            if (value != null) {
                values.put(String.valueOf(name), List.of(text(String.valueOf(name), value)));
            }
        });
        return new AdminProductFields(new Form(values));
    }

    private static String text(String name, Object value) {
        return switch (value) {
            case String text -> text;
            case BigDecimal number -> number.toPlainString();
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> throw wrong(name, "campo_tipo");
        };
    }

    /**
     * The change.
     *
     * @param whole whether every field without a preset must be there, for a new product
     */
    ProductChange change(boolean whole) {
        Map<ProductField, Object> fields = new EnumMap<>(ProductField.class);
        for (ProductField field : ProductField.values()) {
            boolean read = field != ProductField.IMAGE; // an address is shown and never sent
            if (read && isSent(field.column())) {
                fields.put(field, value(field));
            } else if (whole && field.preset().isEmpty()) {
                throw wrong(field.column(), "campo_obligatorio");
            }
        }
        Map<ShopWindow, Boolean> windows = new EnumMap<>(ShopWindow.class);
        for (ShopWindow window : ShopWindow.values()) {
            if (isSent(window.column())) {
                windows.put(window, truth(window.column()));
            }
        }
        return new ProductChange(fields, windows, null);
    }

    /** The number of free units; null when it was not sent. The front end sends it twice. */
    @Nullable
    Integer units() {
        if (!isSent(UNITS) && !isSent(UNITS_AGAIN)) {
            return null;
        }
        String name = isSent(UNITS) ? UNITS : UNITS_AGAIN;
        int units = whole(name, Integer.MAX_VALUE);
        if (isSent(UNITS_AGAIN) && whole(UNITS_AGAIN, Integer.MAX_VALUE) != units) {
            throw wrong(UNITS_AGAIN, "campo_opciones", Integer.toString(units));
        }
        return units;
    }

    private boolean isSent(String name) {
        return !sent.all(name).isEmpty();
    }

    private Object value(ProductField field) {
        String name = field.column();
        return switch (field.kind().type()) {
            case TEXT -> textOf(field);
            case PRICE ->
                TypedPrice.of(sent.text(name)) instanceof TypedPrice.Amount(var money)
                        ? new Price.Asked(money)
                        : refuse(name, "campo_precio");
            case WHOLE -> sent.text(name).isEmpty() ? 0 : whole(name, field.highest());
            case TRUTH -> truth(name);
        };
    }

    private static Object refuse(String name, String why) {
        throw wrong(name, why);
    }

    private String textOf(ProductField field) {
        String text = ProductRules.clean(sent.raw(field.column()));
        field.flaw(text).ifPresent(flaw -> {
            throw switch (flaw) {
                case BLANK -> wrong(field.column(), "campo_obligatorio");
                case TOO_LONG -> wrong(field.column(), "campo_largo", Integer.toString(field.longest()));
                case CONTROL_CHARACTER, HALF_CHARACTER, NO_ADDRESS -> wrong(field.column(), "campo_caracteres");
            };
        });
        return text;
    }

    private int whole(String name, int highest) {
        String text = sent.text(name);
        if (!text.matches("0*[0-9]{1,10}") || Long.parseLong(text.replaceFirst("^0+(?=.)", "")) > highest) {
            throw wrong(name, "campo_entre", "0", Integer.toString(highest));
        }
        return Integer.parseInt(text);
    }

    private boolean truth(String name) {
        return switch (sent.text(name)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "campo_opciones", "true, false");
        };
    }

    private static ProblemException wrong(String name, String why, Object... arguments) {
        return Problem.invalidField(name, why, arguments).exception();
    }
}
