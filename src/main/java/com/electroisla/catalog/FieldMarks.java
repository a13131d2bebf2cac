package com.electroisla.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mark for each field's value as a user saw it. The marks tell later which fields the user touched and which others
 * have changed meanwhile, without storing the values.
 */
public record FieldMarks(Map<String, String> marks) {
    private static final int DIGITS = 12;

    /** @param values the values by field name */
    public static FieldMarks of(Map<String, ?> values) {
        Map<String, String> marks = new LinkedHashMap<>();
        values.forEach((field, value) -> marks.put(field, mark(String.valueOf(value))));
        return new FieldMarks(marks);
    }

    /** Parses the text of {@link #toString}; an invalid text has no marks. */
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

    /** Whether the field still has this value; false for a field without a mark. */
    public boolean isStill(String field, @Nullable Object value) {
        return mark(String.valueOf(value)).equals(marks.get(field));
    }

    @Override
    public String toString() {
        return marks.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue())
                .collect(Collectors.joining("."));
    }

    /** The mark of a value. Line ends and surrounding blanks do not count, because browsers change them. */
    private static String mark(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(value.replace("\r\n", "\n").strip().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
