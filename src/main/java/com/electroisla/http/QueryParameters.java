package com.electroisla.http;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query, read strictly: broken percent escapes, broken UTF-8 and control characters are
 * refused instead of replaced; only in search texts a control character counts as a blank. Of a repeated name the last
 * counts, and an empty value counts as none, both as in the old shop.
 */
public final class QueryParameters {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    /** The parameters with search texts, which may be pasted, with tabs and line ends. */
    private static final Set<String> SEARCHES = Set.of("search", "q", "usuario");

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param query the text after the {@code ?}, as it was sent
     * @throws ProblemException 400
     */
    public static QueryParameters parse(@Nullable String query) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : (query == null ? "" : query).split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), false);
            if (!name.isEmpty()) {
                values.remove(name);
                values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1), SEARCHES.contains(name)));
            }
        }
        values.values().removeIf(String::isEmpty);
        return new QueryParameters(values);
    }

    /** The value, never empty; null if there is none. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * {@code true} or {@code false}; absent is false.
     *
     * @throws ProblemException 400 for anything else
     */
    public boolean isTrue(String name) {
        return switch (values.get(name)) {
            case null -> false;
            case "true", "True", "1" -> true;
            case "false", "False", "0" -> false;
            default ->
                throw Problem.invalidField(name, "campo_opciones", "true, false")
                        .exception();
        };
    }

    /**
     * The same query with other values for some names; a null value removes the name. Empty when no parameter is left.
     */
    public String with(Map<String, @Nullable String> changes) {
        Map<String, @Nullable String> changed = new LinkedHashMap<>(values);
        changed.putAll(changes);
        StringBuilder query = new StringBuilder();
        changed.forEach((name, value) -> {
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(encode(name))
                        .append('=')
                        .append(encode(value));
            }
        });
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text, boolean isSearch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '%') {
                bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
                i += 2;
            } else if (character == '+') {
                bytes.write(' ');
            } else if (character > ' ' && character != 0x7F && character <= 0xFF) {
                // curl sends UTF-8 unescaped; the server passes each byte on as a character.
                bytes.write(character);
            } else {
                throw malformed();
            }
        }
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            // The database's texts cannot contain a NUL, and pasted texts do not.
            if (decoded.indexOf(0) >= 0 || !isSearch && decoded.chars().anyMatch(Character::isISOControl)) {
                throw malformed();
            }
            return isSearch ? CONTROL.matcher(decoded).replaceAll(" ") : decoded;
        } catch (CharacterCodingException notUtf8) {
            throw malformed();
        }
    }

    private static int hex(String text, int index) {
        int digit = index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
        if (digit < 0 || text.charAt(index) > 'f') {
            throw malformed();
        }
        return digit;
    }

    private static ProblemException malformed() {
        return Problem.of(ErrorCode.MALFORMED_REQUEST).exception();
    }
}
