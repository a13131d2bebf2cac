package com.electroisla.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal for a caller: a stable code, the arguments of its message, and further fields of the body.
 *
 * @param code the kind of refusal
 * @param arguments the values in the message; numbers are given as text where grouping would be wrong
 * @param fields further JSON fields, such as {@code available}
 * @param headers further headers, such as {@code Retry-After}
 */
public record Problem(ErrorCode code, Object[] arguments, Map<String, Object> fields, Map<String, String> headers) {

    public static Problem of(ErrorCode code, Object... arguments) {
        return new Problem(code, arguments, Map.of(), Map.of());
    }

    /** A 400 that names the field and its fault; {@code detailKey} is a key of the bundle. */
    public static Problem invalidField(String field, String detailKey, Object... arguments) {
        return new Problem(
                ErrorCode.INVALID_REQUEST,
                new Object[] {field, new Detail(detailKey, arguments)},
                Map.of("campo", field),
                Map.of());
    }

    public Problem with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Problem(code, arguments, more, headers);
    }

    public Problem withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(code, arguments, fields, more);
    }

    /** The message for people. */
    public String message(Language language) {
        Object[] spoken = arguments.clone();
        for (int i = 0; i < spoken.length; i++) {
            if (spoken[i] instanceof Detail detail) {
                spoken[i] = Messages.get(language, detail.key(), detail.arguments());
            }
        }
        return Messages.get(language, code.name(), spoken);
    }

    /** The whole answer: {@code {"error": "...", "code": "...", ...}}. */
    public Answer answer(Language language) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", message(language));
        body.put("code", code.code());
        body.putAll(fields);
        return new Answer(code.status(), Json.write(body), headers);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    private record Detail(String key, Object[] arguments) {}
}
