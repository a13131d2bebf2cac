package com.electroisla.bench.large;

import org.jdbi.v3.core.Handle;

/** The statements that make expired holds. */
final class SweepBenchSql {
    private SweepBenchSql() {}

    /**
     * Inserts holds of one unit that expired during the last hour, of the buyers above {@code firstBuyers}, on the
     * first products.
     */
    static void insertOverdue(Handle handle, int holds, int firstBuyers, int products) {
        handle.createUpdate("""
                        INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at,
                            expires_at, user_agent, precio_unitario)
                        SELECT :firstBuyers + 1 + n % :firstBuyers, 1 + n % :products, 1, 'pending',
                               clock_timestamp() - interval '2 hours',
                               clock_timestamp() - n * interval '3 milliseconds', 'bench', 10.00
                          FROM generate_series(1, :holds) n
                        """)
                .bind("holds", holds)
                .bind("firstBuyers", firstBuyers)
                .bind("products", products)
                .execute();
        handle.execute("""
                UPDATE productos p SET stock_reservado = r.unidades
                  FROM (SELECT producto_id, sum(cantidad) AS unidades FROM stock_reservations WHERE status = 'pending'
                      GROUP BY producto_id) r
                 WHERE p.id = r.producto_id
                """);
    }

    /** Vacuums, outside a transaction, to the state of a shop whose holds expired one by one. */
    static void settle(Handle handle) {
        handle.execute("VACUUM ANALYZE stock_reservations");
        handle.execute("CHECKPOINT");
    }
}
