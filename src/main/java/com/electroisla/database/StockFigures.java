package com.electroisla.database;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The three figures of a product and the values computed from them, for Java and, as fragments, for SQL: step 3 of the
 * guide and the takeover use them at 0019, where the database has none of our functions.
 *
 * <p>A figure may be wrong, from the old shop or from a manual change. The values here are then still never below 0,
 * and never more than the units that were not sold.
 */
public record StockFigures(int total, int held, int sold) {
    /** The units that another buyer can still take. */
    public static final String FREE = free("");

    /** Whether the product waits for step 3: it has {@code stock} and no figures, and sells nothing. */
    public static final String NOT_INITIALISED = notInitialised("");

    /** The figures in a row with the three columns under their own names. */
    public static StockFigures of(ResultSet row) throws SQLException {
        return new StockFigures(row.getInt("stock_total"), row.getInt("stock_reservado"), row.getInt("stock_vendido"));
    }

    /** @param prefix of the columns: {@code p.}, or nothing */
    public static String free(String prefix) {
        return free(prefix + "stock_total", prefix + "stock_reservado", prefix + "stock_vendido");
    }

    /** The same for figures in other expressions than their columns, as in a statement that sets them. */
    public static String free(String total, String held, String sold) {
        return "GREATEST(%s - %s - %s, 0)".formatted(total, held, sold);
    }

    /** @param prefix of the columns: {@code p.}, or nothing */
    public static String notInitialised(String prefix) {
        return "(%s AND %sstock > 0)".formatted(uncounted(prefix), prefix);
    }

    /**
     * Whether the product has no figures: {@code stock} is the old shop's value and follows none.
     *
     * @param prefix of the columns: {@code p.}, or nothing
     */
    public static String uncounted(String prefix) {
        return "(%1$sstock_total = 0 AND %1$sstock_reservado = 0 AND %1$sstock_vendido = 0)".formatted(prefix);
    }

    /** The units that another buyer can still take. */
    public int free() {
        return freeWithout(0);
    }

    /**
     * The free units if so many of the held ones were free as well.
     *
     * @param units of holds that are over, or of the buyer's own; may be more than {@code held} where that figure is
     *     too low
     */
    public int freeWithout(long units) {
        return (int) free(total, Math.max(held - Math.max(units, 0), 0), sold);
    }

    /** The same for sums of many products' figures, or for figures that were only counted. */
    public static long free(long total, long held, long sold) {
        return Math.max(total - held - sold, 0);
    }
}
