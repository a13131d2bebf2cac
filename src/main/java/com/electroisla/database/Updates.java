package com.electroisla.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * Changes that do not need each other's results, sent to the database in one text and in the order in which they were
 * added: one trip instead of one each. All of them share one set of parameter names, so each name has one value.
 */
public final class Updates {
    private final List<String> statements = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param sql one statement, or several with semicolons between them */
    public Updates add(String sql) {
        statements.add(sql);
        return this;
    }

    /** Binds a parameter of the added statements; the same value may be bound again under the same name. */
    public Updates bind(String name, Object value) {
        Object before = values.put(name, value);
        if (before != null && (value instanceof Argument || !value.equals(before))) {
            throw new IllegalArgumentException("two values for " + name);
        }
        return this;
    }

    public boolean isEmpty() {
        return statements.isEmpty();
    }

    /** Runs the added statements, if there are any. */
    public void run(Handle handle) {
        if (!statements.isEmpty()) {
            send(handle);
        }
    }

    /**
     * Runs the added statements and commits, in the same trip; nothing may follow in the transaction. When it fails,
     * the transaction may have been committed all the same: {@link SqlStates#mayHaveCommitted} tells by the failure,
     * which is the driver's own.
     */
    public void runAndCommit(Handle handle) {
        add("COMMIT").send(handle);
    }

    private void send(Handle handle) {
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
