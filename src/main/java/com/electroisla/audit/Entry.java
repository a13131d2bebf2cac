package com.electroisla.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change, in the words of the old shop's log.
 *
 * @param action such as {@code editar}
 * @param module what kind of thing, such as {@code producto}
 * @param objectId of the thing
 * @param object the thing as a person calls it
 * @param details usually {@code antes} and {@code despues}, and a {@code motivo}
 */
public record Entry(String action, String module, long objectId, String object, Map<String, @Nullable Object> details) {

    /** A change of values; those that stayed the same are left out. */
    public static Entry change(String action, String module, long objectId, String object, Map<String, ?> before, Map<String, ?> after) {
        Map<String, Object> was = new LinkedHashMap<>();
        Map<String, Object> is = new LinkedHashMap<>();
        after.forEach((name, value) -> {
            Object old = before.get(name);
            if (!String.valueOf(value).equals(String.valueOf(old))) {
                was.put(name, String.valueOf(old));
                is.put(name, String.valueOf(value));
            }
        });
        return new Entry(action, module, objectId, object, Map.of("antes", was, "despues", is));
    }
}
