package com.electroisla.database;

import java.util.List;

/** The used part of the tables' ids, as of the last look. */
public final class IdWatch {
    private final Database database;
    private volatile double fullest;

    public IdWatch(Database database) {
        this.database = database;
    }

    /** Looks, and returns every table's supply, the fullest first. */
    public List<IdSupply> look() {
        List<IdSupply> all = database.read(IdSupply::all);
        fullest = all.isEmpty() ? 0 : all.getFirst().usedRatio();
        return all;
    }

    /** The used part, from 0 to 1, of the ids of the table nearest to its end; 0 before the first look. */
    public double fullest() {
        return fullest;
    }
}
