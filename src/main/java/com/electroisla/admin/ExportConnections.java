package com.electroisla.admin;

import com.electroisla.database.Database;

/**
 * Connections for exports of the shop's history, which take long: a slow reader keeps no page waiting.
 *
 * @param database with {@link #MOST} connections, one for each export that runs
 */
public record ExportConnections(Database database) implements AutoCloseable {
    public static final int MOST = 4;

    /** Connections to the same database as those of the pages. */
    public static ExportConnections beside(Database pages) {
        return new ExportConnections(pages.sibling(MOST, Database.Purpose.EXPORTS));
    }

    /** The list of products, read over these connections. */
    public ProductList products() {
        return new ProductList(database);
    }

    @Override
    public void close() {
        database.close();
    }
}
