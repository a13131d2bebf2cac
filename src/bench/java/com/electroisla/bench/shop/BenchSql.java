package com.electroisla.bench.shop;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/** The statements that make the shop, and reset it between two rounds. */
public final class BenchSql {
    private BenchSql() {}

    public static void insertUsers(Handle handle, int count) {
        handle.createUpdate("""
                        INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email,
                            is_staff, is_active, date_joined)
                        SELECT n, '!', false, 'comprador' || n, '', '', '', false, true, clock_timestamp()
                        FROM generate_series(1, :count) n
                        """).bind("count", count).execute();
        handle.createUpdate("""
                        INSERT INTO carts (id, user_id, created_at, updated_at)
                        SELECT n, n, clock_timestamp(), clock_timestamp() FROM generate_series(1, :count) n
                        """).bind("count", count).execute();
        handle.execute("SELECT setval('auth_user_id_seq', (SELECT max(id) FROM auth_user)), setval('carts_id_seq', "
                + "(SELECT max(id) FROM carts))");
    }

    /** Inserts products {@code from} to {@code to}, with more units than any round can sell. */
    public static void insertProducts(Handle handle, int from, int to) {
        handle.createUpdate("""
                        INSERT INTO productos (id, nombre, descripcion, precio, descuento, stock, stock_total,
                                               stock_reservado, stock_vendido, categoria,
                                               activo, en_carrusel, en_carousel_card, en_all_products, created_at,
                                               updated_at)
                        SELECT n, 'Producto ' || n, repeat('Un texto como los que describen un producto. ', 5), 10.00,
                               0, 0, 1000000000, 0, 0,
                               'categoria' || n % 20, true, false, false, true, clock_timestamp(), clock_timestamp()
                        FROM generate_series(:from, :to) n
                        """).bind("from", from).bind("to", to).execute();
        handle.execute("SELECT setval('productos_id_seq', (SELECT max(id) FROM productos))");
    }

    /** Fills the carts of the first buyers, one unit a line. */
    public static void fillCarts(Handle handle, Scenario scenario, int buyers) throws Exception {
        handle.execute("TRUNCATE cart_items");
        var copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
        StringBuilder rows = new StringBuilder();
        for (int buyer = 1; buyer <= buyers; buyer++) {
            for (long product : scenario.productsOf(buyer)) {
                rows.append(buyer).append('\t').append(product).append("\t1\t10.00\t2026-01-01\t2026-01-01\n");
            }
        }
        copy.copyIn(
                "COPY cart_items (cart_id, product_id, quantity, price_at_addition, created_at, updated_at) "
                        + "FROM STDIN",
                new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    /** Puts one unit of the product, and nothing else, into the carts of these buyers. */
    public static void putInCarts(Handle handle, long product, int fromBuyer, int toBuyer) {
        handle.createUpdate("UPDATE cart_items SET product_id = :product WHERE cart_id BETWEEN :from AND :to")
                .bind("product", product)
                .bind("from", fromBuyer)
                .bind("to", toBuyer)
                .execute();
    }

    /** Deletes every hold and every order. */
    public static void forgetSales(Handle handle) {
        handle.execute("TRUNCATE stock_reservations, lotes_confirmados, detalles_pedido, pedidos, enlaces_pedido, "
                + "movimientos_stock, pagos, lineas_pago, cobros, reembolsos");
        handle.execute("UPDATE productos SET stock_reservado = 0, stock_vendido = 0 WHERE stock_reservado <> 0 OR "
                + "stock_vendido <> 0");
    }

    /**
     * Vacuums, outside a transaction: every round begins with the same free space on the pages and fresh statistics.
     */
    public static void vacuum(Handle handle) {
        handle.execute("VACUUM ANALYZE productos");
        handle.execute("VACUUM ANALYZE carts");
        handle.execute("VACUUM ANALYZE cart_items");
    }

    /**
     * Writes as much of the write-ahead log as there is between two checkpoints, whose files are then reused. A shop
     * creates them once in its life; without this the first way would wait for their creation and all later ones would
     * not. The larger max_wal_size prevents a checkpoint on the way, after which files would be reused at once instead
     * of created.
     */
    public static void writeLog(Handle handle) {
        handle.execute("ALTER SYSTEM SET max_wal_size = '8GB'");
        handle.execute("SELECT pg_reload_conf()");
        while (!handle.createQuery("SHOW max_wal_size")
                .mapTo(String.class)
                .one()
                .equals("8GB")) {
            Thread.onSpinWait();
        }
        handle.execute("SELECT pg_logical_emit_message(false, 'bench', repeat('x', 1 << 20)) FROM "
                + "generate_series(1, 2200)");
        handle.execute("CHECKPOINT");
        handle.execute("ALTER SYSTEM RESET max_wal_size");
        handle.execute("SELECT pg_reload_conf()");
    }

    /** Makes every flush of the log take longer by this time, for all sessions. */
    public static void delayFlushes(Handle handle, long micros) {
        handle.execute("ALTER SYSTEM SET commit_siblings = 0");
        handle.execute("ALTER SYSTEM SET commit_delay = " + micros);
        handle.execute("SELECT pg_reload_conf()");
    }

    public static long pending(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM stock_reservations WHERE status = "
                        + "'pending' AND revisar_desde >= '-infinity'")
                .mapTo(long.class)
                .one();
    }

    /** @param hot those that wrote no index */
    public record Updates(long all, long hot) {}

    /** The updates of holds, as far as the statistics know of them. */
    public static Updates updates(Handle handle) {
        return handle.createQuery(
                        "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'stock_reservations'")
                .map((row, context) -> new Updates(row.getLong(1), row.getLong(2)))
                .one();
    }

    /**
     * The settings that decide the durability of a commit, the version, and whether the shared memory has huge pages.
     */
    public static String settings(Handle handle) {
        return handle.createQuery("""
                        SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync '
                               || current_setting('fsync')
                               || ', synchronous_commit ' || current_setting('synchronous_commit')
                               || ', huge pages ' || current_setting('huge_pages_status')
                        """).mapTo(String.class).one();
    }

    /** Creates a database, outside a transaction. */
    public static void createDatabase(Handle handle, String name) {
        handle.execute("CREATE DATABASE " + name);
    }
}
