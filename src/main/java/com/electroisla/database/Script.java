package com.electroisla.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Statements that travel together: sent to the database in one text and in the order in which they were added, one
 * trip instead of one each. None needs another's result, and every statement still sees the state committed when it
 * began. All of them share one set of parameter names, so each name has one value.
 */
public final class Script {
    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private final List<String> statements = new ArrayList<>();
    private final List<RowReader> readers = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param statement returns no rows; has no semicolon at its end */
    public Script add(String statement) {
        statements.add(statement);
        return this;
    }

    /** @param statement returns rows, which are read before {@link #run} returns */
    public Script add(String statement, RowReader reader) {
        readers.add(reader);
        return add(statement);
    }

    /** Adds the other script's statements after these. */
    public Script add(Script next) {
        statements.addAll(next.statements);
        readers.addAll(next.readers);
        next.values.forEach(this::bind);
        return this;
    }

    /** Binds a parameter; its value may be a {@link Column}. An equal one may be bound again under the same name. */
    public Script bind(String name, Object value) {
        Object before = values.put(name, value);
        if (before != null && !before.equals(value)) {
            throw new IllegalArgumentException("two values for " + name);
        }
        return this;
    }

    public boolean isEmpty() {
        return statements.isEmpty();
    }

    /** Runs the added statements, if there are any, and reads their rows. */
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
        try (var query = handle.createQuery(String.join(";\n", statements))) {
            values.forEach((name, value) -> Column.bind(query, name, value));
            query.execute((executed, context) -> {
                read(executed.get());
                return this;
            });
        }
    }

    /** Statements without rows have results, too, which are skipped. */
    private void read(PreparedStatement executed) throws SQLException {
        for (RowReader reader : readers) {
            while (executed.getResultSet() == null) {
                executed.getMoreResults();
                if (executed.getUpdateCount() == -1 && executed.getResultSet() == null) {
                    throw new IllegalStateException("fewer statements with rows than readers");
                }
            }
            try (ResultSet rows = executed.getResultSet()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
            executed.getMoreResults();
        }
    }
}
