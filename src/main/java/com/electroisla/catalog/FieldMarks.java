package com.electroisla.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A mark for each field as somebody saw it. With them it is told, later, which fields that person touched and which others have
 * changed meanwhile, without keeping what stood there.
 */
public record FieldMarks(Map<String, String> marks) {
    private static final int DIGITS = 12;

    /** @param values by the names of the fields */
    public static FieldMarks of(Map<String, ?> values) {
        Map<String, String> marks = new LinkedHashMap<>();
        values.forEach((field, value) -> marks.put(field, mark(String.valueOf(value))));
        return new FieldMarks(marks);
    }

    /** From {@link #toString}; what is none knows no field. */
    public static FieldMarks parse(String text) {
        Map<String, String> marks = new LinkedHashMap<>();
        for (String each : text.split("\\.")) {
            String[] pair = each.split(":", 2);
            if (pair.length == 2) {
                marks.put(pair[0], pair[1]);
            }
        }
        return new FieldMarks(marks);
    }

    /** Whether the field has this value still. Of a field that nobody saw nothing is still so. */
    public boolean isStill(String field, Object value) {
        return mark(String.valueOf(value)).equals(marks.get(field));
    }

    @Override
    public String toString() {
        return marks.entrySet().stream().map(each -> each.getKey() + ":" + each.getValue()).collect(Collectors.joining("."));
    }

    /** A browser sends line ends of its own, and blanks around a text are not what anybody wrote. */
    private static String mark(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.replace("\r\n", "\n").strip().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
