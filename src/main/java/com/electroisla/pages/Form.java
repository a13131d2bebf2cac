package com.electroisla.pages;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a sent form. Missing fields are empty texts, as are fields left blank. */
public final class Form {
    /** The field with the one-time key that {@code pages/once.html} writes into a form. */
    public static final String KEY = "una_vez";

    private final Map<String, List<String>> values;

    /** @throws com.electroisla.http.ProblemException 400 for a value that is no valid text */
    public Form(Map<String, List<String>> values) {
        values.values().forEach(each -> each.forEach(Form::check));
        this.values = values;
    }

    private static void check(String value) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            boolean line = character == '\n' || character == '\r' || character == '\t';
            boolean lone = Character.isSurrogate(character)
                    && (Character.isLowSurrogate(character)
                            || i + 1 == value.length()
                            || !Character.isLowSurrogate(value.charAt(i + 1)));
            if (Character.isISOControl(character) && !line || lone) {
                throw Problem.of(ErrorCode.MALFORMED_REQUEST).exception();
            }
            if (Character.isHighSurrogate(character)) {
                i++;
            }
        }
    }

    /** The value without surrounding spaces; empty when it was not sent. */
    public String text(String name) {
        return raw(name).strip();
    }

    /** The value as typed, for passwords. */
    public String raw(String name) {
        List<String> found = values.getOrDefault(name, List.of());
        return found.isEmpty() ? "" : found.getLast();
    }

    /** Whether a check box was ticked. */
    public boolean isTicked(String name) {
        return !text(name).isEmpty();
    }

    /** The form's one-time key; empty if it is not in the right format. */
    public String key() {
        String key = text(KEY);
        return key.matches("[A-Za-z0-9_-]{20,64}") ? key : "";
    }

    /**
     * All fields as one text, to tell the form from another one under the same key; without the given fields, which a
     * page does not repeat.
     */
    public String contents(String... unread) {
        var sorted = new TreeMap<>(values);
        sorted.keySet().removeAll(Set.of(KEY, "csrf_token"));
        sorted.keySet().removeAll(Set.of(unread));
        return sorted.toString();
    }

    /** Every value of the name, for lists of check boxes. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The value with every kind of minus sign as the plain one, and every plus likewise. */
    public String signed(String name) {
        return text(name)
                .replaceAll("^[\u2010-\u2015\u2212\u207B\u208B\u00AD\uFE58\uFE63\uFF0D]\\s*", "-")
                .replaceAll("^[\uFE62\uFF0B]\\s*", "+");
    }

    /** A whole number with an optional sign; null when it is invalid or out of range. */
    public @Nullable Integer number(String name) {
        String text = signed(name);
        try {
            return text.matches("[+-]?[0-9]{1,10}") ? Integer.valueOf(text) : null;
        } catch (NumberFormatException beyondInt) {
            return null;
        }
    }

    /** The ids among the values; invalid ones are left out. */
    public List<Long> ids(String name) {
        return all(name).stream()
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .distinct()
                .sorted()
                .toList();
    }
}
