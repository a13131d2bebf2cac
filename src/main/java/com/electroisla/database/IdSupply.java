package com.electroisla.database;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * How much of a table's range of ids is used. A table of another program may have 32-bit ids; when they are used up,
 * no row can be inserted any more.
 *
 * @param column as {@code table.column}
 * @param used the highest id given out
 * @param most the highest id that fits, in the column and in its sequence
 */
public record IdSupply(String column, long used, long most) {
    private static final double SCARCE = 0.8;

    /** The used part, from 0 to 1. */
    public double usedRatio() {
        return (double) used / most;
    }

    public boolean isScarce() {
        return usedRatio() >= SCARCE;
    }

    public int usedPercent() {
        return (int) (usedRatio() * 100);
    }

    /** The supply of every table in our schema whose ids the database gives, the fullest first. */
    public static List<IdSupply> all(Handle handle) {
        return IdSupplySql.all(handle);
    }
}
