package com.electroisla.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.result.ResultProducer;

/**
 * The rows of several statements that were sent to the database in one text, separated by semicolons, so that there is
 * one trip instead of one for each. Every statement still sees the state committed when it began.
 */
public final class Results {
    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private Results() {}

    /** A reader for each statement that returns rows, in their order. */
    public static ResultProducer<Void> of(RowReader... readers) {
        return (executed, context) -> {
            try (context) {
                PreparedStatement statement = executed.get();
                for (RowReader reader : readers) {
                    while (statement.getResultSet() == null) {
                        statement.getMoreResults();
                        if (statement.getUpdateCount() == -1 && statement.getResultSet() == null) {
                            throw new IllegalStateException("fewer statements with rows than readers");
                        }
                    }
                    try (ResultSet rows = statement.getResultSet()) {
                        while (rows.next()) {
                            reader.read(rows);
                        }
                    }
                    statement.getMoreResults();
                }
                return null;
            }
        };
    }
}
