package com.electroisla.database;

import java.util.List;

/** How much of the ids is given out, as of the last look. */
public final class IdWatch {
    private final Database database;
    private volatile double fullest;

    public IdWatch(Database database) {
        this.database = database;
    }

    /** Looks, and hands out every table's supply, the fullest first. */
    public List<IdSupply> look() {
        List<IdSupply> all = database.read(IdSupply::all);
        fullest = all.isEmpty() ? 0 : all.getFirst().usedRatio();
        return all;
    }

    /** Of the table whose ids are nearest to their end, the share that is given out; 0 before the first look. */
    public double fullest() {
        return fullest;
    }
}
