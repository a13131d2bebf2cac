package com.electroisla.http;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Checks of single fields of a request; each refusal is a 400 that names the field. */
public final class Fields {
    private Fields() {}

    /** A required whole number within bounds. */
    public static int number(String name, @Nullable Integer value, int smallest, int largest) {
        if (value == null) {
            throw Problem.invalidField(name, "campo_obligatorio").exception();
        }
        if (value < smallest || value > largest) {
            throw Problem.invalidField(name, "campo_entre", Integer.toString(smallest), Integer.toString(largest))
                    .exception();
        }
        return value;
    }

    /**
     * An optional amount; null when it is missing.
     *
     * @param value as JSON has it: a number, or a text of digits such as {@code "20.00"}
     */
    public static @Nullable BigDecimal optionalAmount(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal amount -> amount;
            case Integer amount -> BigDecimal.valueOf(amount);
            case Long amount -> BigDecimal.valueOf(amount);
            case String text when text.matches("[0-9]{1,12}([.][0-9]{1,6})?") -> new BigDecimal(text);
            default -> throw Problem.invalidField(name, "campo_tipo").exception();
        };
    }

    public static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw Problem.invalidField(name, "campo_obligatorio").exception();
        }
        return value;
    }

    /** A required text that is not blank; surrounding white space is removed. */
    public static String text(String name, @Nullable String value, int longest) {
        String text = optionalText(name, value, longest);
        if (text == null) {
            throw Problem.invalidField(name, "campo_obligatorio").exception();
        }
        return text;
    }

    /** An optional text; null when it is missing or blank. */
    public static @Nullable String optionalText(String name, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > longest) {
            throw Problem.invalidField(name, "campo_largo", Integer.toString(longest))
                    .exception();
        }
        return value.strip();
    }
}
