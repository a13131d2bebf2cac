package com.electroisla.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.result.ResultProducer;

/**
 * The rows of several statements that were sent to the database in one text, separated by semicolons: one wait for it instead of
 * one each. Every statement still sees what was committed when it began itself.
 */
public final class Results {
    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private Results() {}

    /** A reader for each of the first statements; they have rows. What later statements say is not looked at. */
    public static ResultProducer<Void> of(RowReader... readers) {
        return (executed, context) -> {
            try (context) {
                PreparedStatement statement = executed.get();
                for (int i = 0; i < readers.length; i++) {
                    if (i > 0) {
                        statement.getMoreResults();
                    }
                    try (ResultSet rows = statement.getResultSet()) {
                        while (rows.next()) {
                            readers[i].read(rows);
                        }
                    }
                }
                return null;
            }
        };
    }
}
