package com.electroisla.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Converts moments between Java and the database, always UTC and to the microsecond, and reads amounts that another
 * program may have written.
 */
public final class Rows {
    private static final BigDecimal NO_AMOUNT = new BigDecimal("0.00");

    private Rows() {}

    /** The moment as a statement parameter of type {@code timestamptz}. */
    public static OffsetDateTime timestamp(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** The moment in a column that is never null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /**
     * An amount from the past in a column that is never null, written by any program: it may be below 0. NaN and
     * infinity, which are no amounts, are read as 0, so that one such row does not fail a list.
     */
    public static BigDecimal amount(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(nullableAmount(row, column), column);
    }

    /** The same of a column that may be null. */
    public static @Nullable BigDecimal nullableAmount(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : amount(text);
    }

    /** The same of an amount that was read as text. */
    public static BigDecimal amount(String text) {
        return Character.isDigit(text.charAt(text.length() - 1)) ? new BigDecimal(text) : NO_AMOUNT;
    }

    public static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
