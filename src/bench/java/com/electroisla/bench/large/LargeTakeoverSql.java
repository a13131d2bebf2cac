package com.electroisla.bench.large;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements that fill a database of the old shop's, whose tables Django made, and watch a session's locks. */
final class LargeTakeoverSql {
    private LargeTakeoverSql() {}

    /**
     * A table that a session has locked.
     *
     * @param exclusive whether readers wait too
     */
    record Locked(String table, boolean exclusive) {}

    /**
     * Fills a real 0020: for each product an order, most with a line, and five ended reservations, for each third
     * product a user with a cart. A few reservations have the faults of every real database: overdue ones, and two of
     * one user for one product. The figures are counted from the reservations.
     */
    static void fill(Handle handle, long products) {
        handle.execute("SET LOCAL synchronous_commit = off");
        handle.execute("SET LOCAL maintenance_work_mem = '256MB'");
        // Neither the foreign keys' triggers nor the indexes are measured here.
        handle.execute("SET LOCAL session_replication_role = replica");
        List<String> indexes = handle.createQuery("""
                        SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i
                         WHERE i.indrelid IN ('productos'::regclass, 'stock_reservations'::regclass,
                           'pedidos'::regclass, 'detalles_pedido'::regclass)
                           AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
                        """).mapTo(String.class).list();
        indexes.forEach(
                index -> handle.execute("DROP INDEX " + index.replaceAll("CREATE (UNIQUE )?INDEX (\\S+) .*", "$2")));
        long first = 1_000_000;
        long users = Math.max(1, products * 3 / 10);
        insert(handle, """
                INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                SELECT :first + n, '!', false, 'grande' || n, 'Ana', 'Díaz', 'grande' || n || '@correo.test', false,
                       n % 40 <> 0, now() - n * interval '1 minute'
                  FROM generate_series(1, :users) n""", first, users, products);
        insert(handle, """
                INSERT INTO user_profiles (user_id, rol, created_at, updated_at, telefono, direccion)
                SELECT :first + n, 'cliente', now(), now(), '555-0100', 'Calle 23'
                FROM generate_series(1, :users) n""", first, users, products);
        insert(handle, """
                INSERT INTO carts (id, user_id, created_at, updated_at) SELECT :first + n, :first + n, now(), now()
                FROM generate_series(1, :users) n""", first, users, products);
        insert(handle, """
                INSERT INTO cart_items (quantity, price_at_addition, created_at, updated_at, cart_id, product_id)
                SELECT 1 + n % 3, 9.99, now(), now(), :first + n, :first + 1 + n * 7 % :products
                FROM generate_series(1, :users) n""", first, users, products);
        insert(handle, """
                INSERT INTO productos (id, nombre, descripcion, precio, descuento, stock, stock_total, stock_reservado,
                                       stock_vendido, categoria, imagen_url,
                                       activo, en_carrusel, created_at, updated_at)
                SELECT :first + n, (ARRAY['Ventilador', 'Nevera', 'Taladro', 'Lámpara', 'Cafetera', 'Radio', 'Plancha',
                       'Horno'])[1 + n % 8] || ' modelo ' || n,
                       repeat('Un texto como los que describen un producto. ', 5), 1 + n % 997, n % 4 * 5, 20 + n % 80,
                       23 + n % 80, 0, 3,
                       (ARRAY['electrodomesticos', 'energia_tecnologia', 'herramientas'])[1 + n % 3], NULL, n % 40 <> 0,
                           false,
                       now() - n * interval '1 minute', now()
                  FROM generate_series(1, :products) n""", first, users, products);
        insert(handle, """
                INSERT INTO pedidos (id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono,
                    created_at, updated_at)
                SELECT :first + n, :first + 1 + n % :users,
                       (ARRAY['entregado', 'entregado', 'cancelado', 'pendiente'])[1 + n % 4], 'efectivo', 9.99,
                       'Calle 23 nº 105', '555-0100', now() - n * interval '1 minute', now()
                       FROM generate_series(1, :products) n""", first, users, products);
        insert(handle, """
                INSERT INTO detalles_pedido (cantidad, precio_unitario, subtotal, pedido_id, producto_id)
                SELECT 1, 9.99, 9.99, :first + n, :first + n FROM generate_series(1, :products) n
                WHERE n % 4 <> 0""", first, users, products);
        insert(handle, """
                INSERT INTO stock_reservations (id, usuario_id, producto_id, cantidad, status, created_at, expires_at,
                    confirmed_at, cancelled_at, ip_address, user_agent)
                SELECT :first + n, :first + 1 + n % :users, :first + 1 + n % :products, 1, como, creada,
                       creada + interval '15 minutes',
                       CASE WHEN como = 'confirmed' THEN creada + interval '3 minutes' END, CASE WHEN como = 'cancelled'
                           THEN creada + interval '5 minutes' END,
                       '192.0.2.7', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'
                  FROM generate_series(0, 5 * :products - 1) n,
                       LATERAL (SELECT now() - (5 * :products - n) * interval '10 seconds' - interval '1 hour'
                                       AS creada,
                                       (ARRAY['confirmed', 'confirmed', 'confirmed', 'cancelled',
                                           'expired'])[1 + (n / :products)] AS como) c""", first, users, products);
        insert(handle, """
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                    user_agent)
                SELECT :first + 1 + n / 2, :first + 1 + n / 2, 1, 'pending', now() - interval '1 hour',
                       now() - interval '45 minutes', ''
                  FROM generate_series(0, 2 * (:products / 1000) + 1) n""", first, users, products);
        handle.execute("""
                UPDATE productos p SET stock_reservado = r.cuantas, stock = stock - r.cuantas
                  FROM (SELECT producto_id, count(*) AS cuantas FROM stock_reservations
                      WHERE status = 'pending' AND producto_id > ? GROUP BY producto_id) r
                 WHERE r.producto_id = p.id""", first);
        indexes.forEach(handle::execute);
        for (String table : List.of("auth_user", "carts", "productos", "pedidos", "stock_reservations")) {
            handle.execute("SELECT setval(pg_get_serial_sequence('" + table + "', 'id'), (SELECT max(id) FROM " + table
                    + "))");
        }
    }

    private static void insert(Handle handle, String statement, long first, long users, long products) {
        handle.createUpdate(statement)
                .bind("first", first)
                .bind("users", users)
                .bind("products", products)
                .execute();
    }

    static void vacuum(Handle handle) {
        handle.execute("VACUUM (ANALYZE)");
    }

    /** The present locks of migrating sessions that readers or writers would wait for. */
    static List<Locked> locks(Handle handle) {
        return handle.createQuery("""
                        SELECT c.relname, bool_or(l.mode = 'AccessExclusiveLock') AS todos
                          FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                         WHERE l.granted AND l.database = (SELECT oid FROM pg_database
                           WHERE datname = current_database()) AND l.pid <> pg_backend_pid()
                           AND c.relname IN ('productos', 'stock_reservations', 'carts', 'cart_items', 'pedidos',
                                             'detalles_pedido', 'auth_user', 'refresh_tokens',
                                             'audit_logs', 'user_profiles')
                           AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
                         GROUP BY c.relname ORDER BY c.relname
                        """)
                .map((row, context) -> new Locked(row.getString("relname"), row.getBoolean("todos")))
                .list();
    }

    /** The size of the database, in words. */
    static String size(Handle handle) {
        return handle.createQuery("SELECT pg_size_pretty(pg_database_size(current_database()))")
                .mapTo(String.class)
                .one();
    }
}
