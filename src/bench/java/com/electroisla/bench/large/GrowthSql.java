package com.electroisla.bench.large;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements that give a shop its past, and that end a round without changing the past. */
public final class GrowthSql {
    private GrowthSql() {}

    public static void forgetPast(Handle handle) {
        handle.execute("TRUNCATE stock_reservations, lotes_confirmados");
        handle.execute("UPDATE productos SET stock_reservado = 0, stock_vendido = 0 WHERE stock_reservado <> 0 OR "
                + "stock_vendido <> 0");
    }

    /**
     * Inserts past reservations {@code from} to {@code to} of one year: of ten, six were paid, three expired, one was
     * cancelled; products with lower numbers were wanted more. Indexes and foreign key checks are off meanwhile,
     * because their work row by row would take longer than all measuring; the indexes are made again.
     */
    public static void insertPast(Handle handle, long from, long to, int buyers, int products) {
        List<String> indexes = handle.createQuery("""
                        SELECT indexdef FROM pg_indexes WHERE tablename = 'stock_reservations'
                               AND indexname <> 'stock_reservations_pkey'
                        """).mapTo(String.class).list();
        handle.createQuery("SELECT format('%I', indexname) FROM pg_indexes WHERE tablename = 'stock_reservations' "
                        + "AND indexname <> 'stock_reservations_pkey'")
                .mapTo(String.class)
                .list()
                .forEach(index -> handle.execute("DROP INDEX " + index));
        handle.execute("SET LOCAL session_replication_role = replica");
        handle.execute("SET LOCAL maintenance_work_mem = '512MB'");
        handle.createUpdate("""
                        INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at,
                                                        expires_at, confirmed_at, cancelled_at,
                                                        ip_address, user_agent, precio_unitario, checkout_id)
                        SELECT usuario, producto, 1, status, nacida, nacida + interval '15 minutes',
                               CASE status WHEN 'confirmed' THEN nacida + interval '5 minutes' END,
                               CASE status WHEN 'cancelled' THEN nacida + interval '5 minutes' END,
                               '127.0.0.1', 'bench', 10.00, n
                          FROM (SELECT n,
                                       1 + mod(abs(hashint8(n)::bigint), :buyers) AS usuario,
                                       1 + floor(:products * power((hashint8(n * 31)::bigint + 2147483648)
                                           / 4294967296.0, 2))::bigint AS producto,
                                       CASE WHEN n % 10 < 6 THEN 'confirmed' WHEN n % 10 < 9 THEN 'expired'
                                           ELSE 'cancelled' END AS status,
                                       now() - interval '1 hour' - interval '1 year' * (1 - n / :to::double precision)
                                           AS nacida
                                  FROM generate_series(:from, :to) n) pasado
                        """)
                .bind("from", from)
                .bind("to", to)
                .bind("buyers", buyers)
                .bind("products", products)
                .execute();
        handle.execute("SELECT setval('checkouts_id_seq', ?)", to);
        indexes.forEach(handle::execute);
    }

    /** The products' figures after {@link #insertPast}. */
    public static void countSold(Handle handle) {
        handle.execute("""
                UPDATE productos p SET stock_vendido = vendidas.cantidad
                  FROM (SELECT producto_id, sum(cantidad)::int AS cantidad FROM stock_reservations
                      WHERE status = 'confirmed' GROUP BY producto_id) vendidas
                 WHERE p.id = vendidas.producto_id AND p.stock_vendido <> vendidas.cantidad
                """);
    }

    /** Ends a round: deletes its holds without a trace, and keeps the past. */
    public static void forgetHolds(Handle handle) {
        handle.execute("""
                UPDATE productos SET stock_reservado = 0
                 WHERE id IN (SELECT producto_id FROM stock_reservations WHERE status = 'pending')
                """);
        handle.execute("DELETE FROM stock_reservations WHERE status = 'pending'");
        handle.execute("TRUNCATE lotes_confirmados");
    }

    /**
     * Vacuums, outside a transaction: no dead rows and fresh statistics. By default VACUUM skips the indexes of a
     * large table with few dead rows, and the next round would meet the holds of all rounds before it. The server
     * makes its checkpoints at its own times, as with the other ways: one before each turn would put every page whole
     * into the log every two seconds.
     */
    public static void settle(Handle handle) {
        handle.execute("VACUUM ANALYZE productos");
        handle.execute("VACUUM ANALYZE carts");
        handle.execute("VACUUM (ANALYZE, INDEX_CLEANUP ON) stock_reservations");
    }

    public static void checkpoint(Handle handle) {
        handle.execute("CHECKPOINT");
    }

    /** The bytes of log that this server has written since it was created. */
    public static long logged(Handle handle) {
        return handle.createQuery("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint")
                .mapTo(long.class)
                .one();
    }
}
