package com.electroisla.bench.large;

import org.jdbi.v3.core.Handle;

/** The statements that make a large shop: 100,000 products, a million reservations, their orders and audit entries. */
final class LargeShopSql {
    static final int PRODUCTS = 100_000;
    static final int RESERVATIONS = 1_000_000;
    private static final int USERS = 50_000;
    private static final int ORDERS = 400_000;

    private LargeShopSql() {}

    static boolean isThere(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM sesiones_web")
                        .mapTo(long.class)
                        .one()
                > 0;
    }

    /**
     * Fills the shop. Reservations are spread over 30 days and have ended in the usual ways. Two in a hundred are for
     * product 1, the most wanted, and 2,000 still hold units. The figures of the products are counted from the
     * reservations.
     *
     * @param token of the session of an administrator who is also a buyer
     */
    static void fill(Handle handle, String token) {
        handle.execute("SET synchronous_commit = off");
        handle.execute("""
                INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                SELECT n, '!', false, 'comprador' || n, '', '', 'comprador' || n || '@example.com', false, true, now()
                FROM generate_series(1, ?) n
                """, USERS);
        handle.execute("""
                INSERT INTO user_profiles (user_id, rol, created_at, updated_at)
                SELECT n, CASE WHEN n = 1 THEN 'admin' WHEN n % 5000 = 0 THEN 'mensajero' ELSE 'cliente' END, now(),
                       now() FROM generate_series(1, ?) n
                """, USERS);
        handle.execute("""
                INSERT INTO productos (id, nombre, descripcion, precio, descuento, stock, stock_total, categoria,
                                       activo, en_carrusel, en_carousel_card,
                                       en_all_products, created_at, updated_at)
                SELECT n, (ARRAY['Ventilador', 'Nevera', 'Taladro', 'Lámpara', 'Cafetera', 'Radio', 'Plancha',
                       'Horno'])[1 + n % 8] || ' modelo ' || n,
                       repeat('Un texto como los que describen un producto. ', 5), 1 + n % 997, n % 4 * 5, 0,
                       CASE WHEN n = 1 THEN 100000 WHEN n % 50 = 0 THEN 0 ELSE 20 + n % 80 END,
                       (ARRAY['electrodomesticos', 'energia_tecnologia', 'herramientas', 'hogar_entretenimiento',
                           'otros'])[1 + n % 5], n % 40 <> 0,
                       false, false, true, now() - n * interval '1 minute', now()
                  FROM generate_series(1, ?) n
                """, PRODUCTS);
        handle.execute("""
                INSERT INTO pedidos (id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono,
                    mensajero_id, created_at, updated_at)
                SELECT n, 1 + n % ?, CASE WHEN n % 1000 < 2 THEN 'pendiente' WHEN n % 1000 < 4 THEN 'en_camino'
                       ELSE 'entregado' END, 'efectivo',
                       10, 'Calle 23 nº 105', '555-0100', CASE WHEN n % 4 = 0 THEN 5000 * (1 + n % 10) END, creado,
                       creado
                  FROM generate_series(1, ?) n, LATERAL (SELECT now() - (? - n) * interval '30 days' / ? AS creado) c
                """, USERS, ORDERS, ORDERS, ORDERS);
        handle.execute("""
                INSERT INTO detalles_pedido (cantidad, precio_unitario, subtotal, pedido_id, producto_id)
                SELECT 1, 10, 10, n, 2 + n * 7 % (? - 2) FROM generate_series(1, ?) n
                """, PRODUCTS, ORDERS);
        handle.execute("""
                INSERT INTO stock_reservations (id, usuario_id, producto_id, cantidad, status, created_at, expires_at,
                                                confirmed_at, cancelled_at,
                                                precio_unitario, pedido_id, ip_address, user_agent)
                SELECT n, 1 + n % :users, CASE WHEN n % 50 = 0 THEN 1 WHEN n * 7 % 50 = 0 THEN 51
                       ELSE 2 + n * 7 % (:products - 2) END, 1, como, creada,
                       creada + interval '15 minutes', CASE WHEN como = 'confirmed' THEN creada + interval '3 minutes'
                           END,
                       CASE WHEN como = 'cancelled' THEN creada + interval '5 minutes' END, 10,
                       CASE WHEN como = 'confirmed' THEN 1 + n % :orders END, '127.0.0.1', 'Mozilla/5.0'
                  FROM generate_series(1, :count) n,
                       LATERAL (SELECT now() - (:count - n) * interval '30 days' / :count AS creada,
                                       CASE WHEN n > :count - 2000 THEN 'pending' WHEN n % 10 < 4 THEN 'confirmed'
                                           WHEN n % 10 < 6 THEN 'cancelled' ELSE 'expired' END
                                           AS como) c
                """.replace(":users", "" + USERS)
                .replace(":products", "" + PRODUCTS)
                .replace(":orders", "" + ORDERS)
                .replace(":count", "" + RESERVATIONS));
        handle.execute("UPDATE stock_reservations SET expires_at = now() + (id % 900) * interval '1 second' WHERE "
                + "status = 'pending'");
        handle.execute("""
                UPDATE productos p SET stock_total = stock_total + r.reservado + r.vendido,
                  stock_reservado = r.reservado, stock_vendido = r.vendido
                  FROM (SELECT producto_id, COALESCE(sum(cantidad) FILTER (WHERE status = 'pending'), 0) AS reservado,
                               COALESCE(sum(cantidad) FILTER (WHERE status = 'confirmed'), 0) AS vendido
                          FROM stock_reservations GROUP BY producto_id) r
                 WHERE r.producto_id = p.id
                """);
        handle.execute("""
                INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, usuario_id,
                    created_at)
                SELECT 1 + n % ?, 'entrada', 10, 0, 'Compra', 1, now() - interval '31 days'
                FROM generate_series(1, 200000) n
                """, PRODUCTS);
        handle.execute("""
                INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, ip_address, user_agent,
                    usuario_id, "timestamp")
                SELECT 'cambiar', (ARRAY['producto', 'inventario', 'pedido', 'usuario'])[1 + n % 4], n, 'Producto '
                       || n,
                       '{"antes": {"precio": "10.00"}, "despues": {"precio": "11.00"}}', '127.0.0.1',
                       '', CASE WHEN n % 100 = 0 THEN 2 ELSE 1 END,
                       now() - (200000 - n) * interval '10 seconds'
                  FROM generate_series(1, 200000) n
                """);
        handle.execute(
                "INSERT INTO carts (id, user_id, created_at, updated_at) SELECT n, n, now(), now() "
                        + "FROM generate_series(1, ?) n",
                USERS);
        handle.execute("""
                INSERT INTO cart_items (cart_id, product_id, quantity, price_at_addition, created_at, updated_at)
                SELECT n, 1 + (n * 31 + k) % ?, k, 10, now(), now()
                FROM generate_series(1, ?) n, generate_series(1, 3) k WHERE n % 2 = 1
                """, PRODUCTS, USERS);
        for (String table : new String[] {"auth_user", "productos", "pedidos", "stock_reservations", "carts"}) {
            handle.execute("SELECT setval('" + table + "_id_seq', (SELECT max(id) FROM " + table + "))");
        }
        handle.execute("""
                INSERT INTO sesiones_web (huella, usuario_id, created_at, ultimo_uso, expires_at, ip_address)
                VALUES (sha256(convert_to(?, 'UTF8')), 1, now(), now(), now() + interval '7 days', '127.0.0.1')
                """, token);
    }

    /** Vacuums, outside a transaction. */
    static void vacuum(Handle handle) {
        handle.execute("VACUUM ANALYZE");
    }

    /** Renews the session and the holds, however old the database is. */
    static void refresh(Handle handle) {
        handle.execute("UPDATE sesiones_web SET created_at = now(), ultimo_uso = now(), expires_at = now() + "
                + "interval '7 days'");
        handle.execute("UPDATE stock_reservations SET expires_at = now() + interval '2 minutes' + (id % 780) * "
                + "interval '1 second' WHERE status = 'pending'");
    }
}
