package com.electroisla.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change, in the terms of the old shop's log.
 *
 * @param action such as {@code editar}
 * @param module the kind of the object, such as {@code producto}
 * @param objectId the object's id
 * @param object the object's name for people
 * @param details usually {@code antes} and {@code despues}, and a {@code motivo}
 */
public record Entry(String action, String module, long objectId, String object, Map<String, @Nullable Object> details) {

    /** An entry for changed values; unchanged ones are left out. */
    public static Entry change(
            String action, String module, long objectId, String object, Map<String, ?> before, Map<String, ?> after) {
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
