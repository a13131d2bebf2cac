package com.electroisla.admin;

import com.electroisla.database.Database;

/**
 * Connections for files of the shop's history, which take a while to read: a slow reader keeps no page waiting.
 *
 * @param database of so many connections as files may be sent at once, {@link #MOST}; each file holds one
 */
public record ExportConnections(Database database) implements AutoCloseable {
    public static final int MOST = 4;

    /** To the same place as the connections of everybody else. */
    public static ExportConnections beside(Database pages) {
        return new ExportConnections(pages.sibling(MOST, Database.Purpose.EXPORTS));
    }

    /** The list of products, read over these. */
    public ProductList products() {
        return new ProductList(database);
    }

    @Override
    public void close() {
        database.close();
    }
}
