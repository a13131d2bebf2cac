package com.electroisla.database;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * How much of a table's ids is given out. A table of another program may count in 32 bits; when they are used up nothing can be
 * inserted any more, and nobody sees it coming.
 *
 * @param column as {@code table.column}
 * @param used the highest id that was given
 * @param most the highest that fits, in the column and in its sequence
 */
public record IdSupply(String column, long used, long most) {
    private static final double SCARCE = 0.8;

    /** From 0 to 1. */
    public double usedRatio() {
        return (double) used / most;
    }

    public boolean isScarce() {
        return usedRatio() >= SCARCE;
    }

    public int usedPercent() {
        return (int) (usedRatio() * 100);
    }

    /** Of every table in our schema whose ids the database gives, the fullest first. */
    public static List<IdSupply> all(Handle handle) {
        return IdSupplySql.all(handle);
    }
}
