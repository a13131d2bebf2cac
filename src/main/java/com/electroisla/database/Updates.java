package com.electroisla.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * Changes that need nothing of each other's answers, sent to the database in one text and in the order they were added: one wait for
 * it instead of one each. The parameters of all of them share their names, so each name has one value.
 */
public final class Updates {
    private final List<String> statements = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param sql one statement, or several with semicolons between them */
    public Updates add(String sql) {
        statements.add(sql);
        return this;
    }

    /** A parameter of what was added; the same value may be given again under the same name. */
    public Updates bind(String name, Object value) {
        Object before = values.put(name, value);
        if (before != null && (value instanceof Argument || !value.equals(before))) {
            throw new IllegalArgumentException("two values for " + name);
        }
        return this;
    }

    /** Runs what was added, if anything was. */
    public void run(Handle handle) {
        if (statements.isEmpty()) {
            return;
        }
        try (var update = handle.createUpdate(String.join(";\n", statements))) {
            values.forEach((name, value) -> {
                if (value instanceof Argument column) {
                    update.bind(name, column);
                } else {
                    update.bind(name, value);
                }
            });
            update.execute();
        }
    }
}
