package com.electroisla;

import com.electroisla.catalog.Products;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.settings.Settings;

/**
 * The composition root: every part of the shop, wired by hand once, for the server, the commands and the tests alike.
 * Two of these on one database are two instances.
 */
public final class Shop implements AutoCloseable {
    private final Settings settings;
    private final Database database;
    private final DatabaseClock clock;
    private final Products products;

    private Shop(Settings settings, Database database, DatabaseClock clock) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.products = new Products(database);
    }

    /** Wires the shop on an open database; closing the shop does not close the database. */
    public static Shop open(Settings settings, Database database, DatabaseClock clock) {
        return new Shop(settings, database, clock);
    }

    public Settings settings() {
        return settings;
    }

    public Database database() {
        return database;
    }

    public DatabaseClock clock() {
        return clock;
    }

    public Products products() {
        return products;
    }

    @Override
    public void close() {}
}
