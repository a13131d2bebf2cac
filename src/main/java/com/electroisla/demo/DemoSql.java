package com.electroisla.demo;

import com.electroisla.database.Jsonb;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Every statement of the demo. Rows are inserted a table at a time, as one JSON document each. */
final class DemoSql {
    private static final String MARKED = "SELECT to_regclass('demo_marca') IS NOT NULL";

    private static final String LOCK = "LOCK TABLE auth_user, productos IN SHARE ROW EXCLUSIVE MODE";

    private static final String EMPTY =
            "SELECT NOT EXISTS (SELECT FROM auth_user) AND NOT EXISTS (SELECT FROM productos)";

    private static final String MARK = """
            CREATE TABLE IF NOT EXISTS demo_marca (creada timestamp with time zone NOT NULL)
            """;

    private static final String MARKED_SINCE = "INSERT INTO demo_marca (creada) VALUES (:now)";

    private static final String USERS = """
            INSERT INTO auth_user (id, password, last_login, is_superuser, username, first_name, last_name, email,
                is_staff, is_active, date_joined)
            SELECT id, :password, NULL, rol = 'admin', username, nombre, apellido, username || '@demo.example',
                   rol = 'admin', true,
                   CAST(:now AS timestamptz) - interval '30 days'
            FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(id int, username text, rol text, nombre text,
                apellido text)
            """;

    private static final String PROFILES = """
            INSERT INTO user_profiles (user_id, rol, telefono, direccion, created_at, updated_at)
            SELECT id, rol, '300 555 01' || lpad(id::text, 2, '0'), 'Calle ' || id * 7 || ' # 12-30',
                   CAST(:now AS timestamptz), CAST(:now AS timestamptz)
            FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(id int, rol text)
            """;

    private static final String PRODUCTS = """
            INSERT INTO productos (id, nombre, descripcion, precio, descuento, stock, stock_total, stock_reservado,
                                   stock_vendido, categoria,
                                   imagen_url, imagen, activo, en_carrusel, en_carousel_card, en_all_products,
                                   creado_por_id, created_at, updated_at)
            SELECT id, nombre, descripcion, precio, descuento, stock_total, stock_total, 0, 0, categoria, NULL, NULL,
                   true, false, false, true,
                   :creator, CAST(:now AS timestamptz) - interval '20 days' - id * interval '1 minute',
                   CAST(:now AS timestamptz) - interval '20 days'
            FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                 AS t(id bigint, nombre text, descripcion text, precio numeric, descuento int, categoria text,
                     stock_total int)
            """;

    private static final String ORDERS = """
            INSERT INTO pedidos (id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono, notas,
                mensajero_id, created_at, updated_at, fecha_entrega)
            SELECT t.id, t.usuario, t.estado, t.metodo_pago, 0, p.direccion, p.telefono, '', t.mensajero, momento,
                   momento,
                   CASE WHEN t.estado = 'entregado' THEN momento + interval '28 hours' END
            FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(id bigint, usuario int, estado text, metodo_pago text,
                horas int, mensajero int)
            JOIN user_profiles p ON p.user_id = t.usuario
            CROSS JOIN LATERAL (SELECT CAST(:now AS timestamptz) - t.horas * interval '1 hour' AS momento) m
            """;

    private static final String ORDER_LINES = """
            INSERT INTO detalles_pedido (pedido_id, producto_id, cantidad, precio_unitario, subtotal)
            SELECT pedido, producto, cantidad, precio_final, precio_final * cantidad
            FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(pedido bigint, producto bigint, cantidad int)
            CROSS JOIN LATERAL (SELECT precio_final(precio, descuento) AS precio_final FROM productos
                WHERE id = producto) p
            """;

    private static final String ORDER_TOTALS = """
            UPDATE pedidos SET total = (SELECT sum(subtotal) FROM detalles_pedido WHERE pedido_id = pedidos.id)
            """;

    /** The reservations confirmed by the orders' payments; a checkout's number is its order's. */
    private static final String CONFIRMED = """
            INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                                            confirmed_at, ip_address, user_agent,
                                            precio_unitario, checkout_id, pedido_id)
            SELECT p.usuario_id, d.producto_id, d.cantidad, 'confirmed', p.created_at - interval '3 seconds',
                   p.created_at - interval '3 seconds' + CAST(:ttl AS interval), p.created_at, '127.0.0.1', 'demo',
                   d.precio_unitario, p.id, p.id
            FROM pedidos p JOIN detalles_pedido d ON d.pedido_id = p.id
            ORDER BY p.created_at, d.id
            """;

    /** The payments by card, each with its one charge. */
    private static final String PAYMENTS = """
            INSERT INTO pagos (usuario_id, checkout_id, estado, proveedor, referencia, importe, metodo_pago,
                direccion_entrega, telefono, notas, vence, creado_at, actualizado_at, pedido_id)
            SELECT usuario_id, id, 'pagado', 'prueba', 'prueba-demo-' || id, total, metodo_pago, direccion_entrega,
                   telefono, notas, created_at + interval '34 minutes', created_at - interval '1 minute', created_at, id
            FROM pedidos WHERE metodo_pago = 'tarjeta'
            ORDER BY created_at
            """;

    private static final String PAID_LINES = """
            INSERT INTO lineas_pago (pago_id, reserva_id, producto_id, cantidad, precio_unitario)
            SELECT p.id, r.id, r.producto_id, r.cantidad, r.precio_unitario
            FROM pagos p JOIN stock_reservations r ON r.pedido_id = p.pedido_id
            """;

    private static final String CHARGES = """
            INSERT INTO cobros (proveedor, cobro, pago_id, importe, recibido_at, resultado)
            SELECT proveedor, 'prueba-' || id, id, importe, actualizado_at, 'vendido' FROM pagos ORDER BY id
            """;

    private static final String HOLDS = """
            INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                                            cancelled_at, ip_address, user_agent,
                                            precio_unitario, checkout_id)
            SELECT usuario, producto, cantidad, t.status, momento, momento + CAST(:ttl AS interval),
                   CASE WHEN t.status = 'cancelled' THEN momento + CAST(:ttl AS interval) / 3 END,
                   '127.0.0.1', 'demo', precio_final(precio, descuento), checkout
            FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                 AS t(usuario int, checkout bigint, producto bigint, cantidad int, status text,
                     antiguedad double precision)
            JOIN productos ON productos.id = producto
            CROSS JOIN LATERAL (SELECT CAST(:now AS timestamptz) - antiguedad * CAST(:ttl AS interval) AS momento) m
            ORDER BY momento, producto
            """;

    private static final String CARTS = """
            INSERT INTO carts (user_id, created_at, updated_at)
            SELECT usuario, CAST(:now AS timestamptz), CAST(:now AS timestamptz)
            FROM (SELECT DISTINCT usuario FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(usuario int)) u
            ORDER BY usuario
            """;

    private static final String CART_LINES = """
            INSERT INTO cart_items (cart_id, product_id, quantity, price_at_addition, created_at, updated_at)
            SELECT c.id, producto, cantidad, precio_final(precio, descuento), CAST(:now AS timestamptz),
                   CAST(:now AS timestamptz)
            FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(usuario int, producto bigint, cantidad int)
            JOIN carts c ON c.user_id = usuario
            JOIN productos p ON p.id = producto
            ORDER BY c.id, producto
            """;

    private static final String MOVEMENTS = """
            INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, usuario_id,
                created_at)
            SELECT producto, tipo, delta_total, 0, motivo, usuario,
                   CAST(:now AS timestamptz) - horas * interval '1 hour'
            FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(producto bigint, tipo text, delta_total int, motivo text,
                horas int, usuario int)
            """;

    private static final String RETURNS = """
            INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, pedido_id, usuario_id,
                created_at)
            SELECT d.producto_id, 'devolucion', 0, -d.cantidad, 'Pedido cancelado', p.id, p.usuario_id,
                   p.created_at + interval '1 hour'
            FROM pedidos p JOIN detalles_pedido d ON d.pedido_id = p.id
            WHERE p.estado = 'cancelado'
            """;

    /** The rest of stock_total, which the other movements do not explain. */
    private static final String FIRST_ENTRIES = """
            INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, usuario_id,
                created_at)
            SELECT p.id, 'entrada', p.stock_total - coalesce(sum(m.delta_total), 0), 0, 'Inventario inicial', :creator,
                   p.created_at
            FROM productos p LEFT JOIN movimientos_stock m ON m.producto_id = p.id
            GROUP BY p.id
            ORDER BY p.id
            """;

    private static final String COUNTERS = """
            UPDATE productos p SET
                stock_reservado = (SELECT coalesce(sum(cantidad), 0) FROM stock_reservations
                    WHERE producto_id = p.id AND status = 'pending'),
                stock_vendido = (SELECT coalesce(sum(cantidad), 0) FROM stock_reservations
                              WHERE producto_id = p.id AND status = 'confirmed')
                              + (SELECT coalesce(sum(delta_vendido), 0) FROM movimientos_stock WHERE producto_id = p.id)
            """;

    private static final String SEQUENCES = """
            SELECT setval(pg_get_serial_sequence('auth_user', 'id'), (SELECT max(id) FROM auth_user))
            UNION ALL SELECT setval(pg_get_serial_sequence('productos', 'id'), (SELECT max(id) FROM productos))
            UNION ALL SELECT setval(pg_get_serial_sequence('pedidos', 'id'), (SELECT max(id) FROM pedidos))
            UNION ALL SELECT setval('checkouts_id_seq', (SELECT max(checkout_id) FROM stock_reservations))
            """;

    private static final String BUYER = """
            SELECT u.username
            FROM auth_user u
            WHERE u.username LIKE 'comprador%' AND u.is_active
              AND NOT EXISTS (SELECT FROM carts c JOIN cart_items i ON i.cart_id = c.id WHERE c.user_id = u.id)
            ORDER BY u.id
            LIMIT 1
            """;

    private DemoSql() {}

    static boolean isMarked(Handle handle) {
        return handle.createQuery(MARKED).mapTo(boolean.class).one();
    }

    /**
     * Makes a second demo, and any other program that would add a user or a product, wait until this transaction ends.
     */
    static void lock(Handle handle) {
        handle.execute(LOCK);
    }

    static boolean isEmpty(Handle handle) {
        return handle.createQuery(EMPTY).mapTo(boolean.class).one();
    }

    static Optional<String> buyerWithEmptyCart(Handle handle) {
        return handle.createQuery(BUYER).mapTo(String.class).findOne();
    }

    static void mark(Handle handle, Instant now) {
        handle.execute(MARK);
        at(handle, MARKED_SINCE, now).execute();
    }

    static void insertUsers(Handle handle, List<?> users, String passwordHash, Instant now) {
        rows(handle, USERS, users, now).bind("password", passwordHash).execute();
        rows(handle, PROFILES, users, now).execute();
    }

    static void insertProducts(Handle handle, List<?> items, int creator, Instant now) {
        rows(handle, PRODUCTS, items, now).bind("creator", creator).execute();
    }

    static void insertOrders(Handle handle, List<?> orders, List<?> lines, Duration timeToLive, Instant now) {
        rows(handle, ORDERS, orders, now).execute();
        handle.createUpdate(ORDER_LINES).bind("rows", Jsonb.text(lines)).execute();
        handle.execute(ORDER_TOTALS);
        handle.createUpdate(CONFIRMED).bind("ttl", timeToLive.toString()).execute();
        handle.execute(PAYMENTS);
        handle.execute(PAID_LINES);
        handle.execute(CHARGES);
    }

    static void insertHolds(Handle handle, List<?> holds, Duration timeToLive, Instant now) {
        rows(handle, HOLDS, holds, now).bind("ttl", timeToLive.toString()).execute();
    }

    static void insertCarts(Handle handle, List<?> lines, Instant now) {
        rows(handle, CARTS, lines, now).execute();
        rows(handle, CART_LINES, lines, now).execute();
    }

    static void insertMovements(Handle handle, List<?> movements, int creator, Instant now) {
        rows(handle, MOVEMENTS, movements, now).execute();
        handle.execute(RETURNS);
        handle.createUpdate(FIRST_ENTRIES).bind("creator", creator).execute();
    }

    static void computeCounters(Handle handle) {
        handle.execute(COUNTERS);
    }

    static void moveSequencesOn(Handle handle) {
        handle.createQuery(SEQUENCES).mapTo(long.class).list();
    }

    private static Update rows(Handle handle, String sql, List<?> rows, Instant now) {
        return at(handle, sql, now).bind("rows", Jsonb.text(rows));
    }

    private static Update at(Handle handle, String sql, Instant now) {
        return handle.createUpdate(sql).bind("now", now.atOffset(ZoneOffset.UTC));
    }
}
