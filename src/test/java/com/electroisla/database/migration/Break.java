package com.electroisla.database.migration;

import com.electroisla.database.takeover.Finding.Effect;
import java.util.List;

/** The ways in which a real database can differ from this program's expectation: one for each kind of finding. */
public enum Break {
    IMPOSSIBLE_FIGURES(19, "cifras_imposibles", 2, Effect.STOPS, """
            UPDATE productos SET stock_vendido = stock_total + 1 WHERE id IN (
                SELECT id FROM productos p WHERE stock_total > 0 AND NOT EXISTS (SELECT FROM stock_reservations r
                       WHERE r.producto_id = p.id) ORDER BY id LIMIT 2)"""),
    NEGATIVE_RESERVED(19, "cifras_imposibles_reparables", 1, Effect.STOPS_UNTIL_MENDED, """
            UPDATE productos SET stock_reservado = -3 WHERE id = (
                SELECT min(id) FROM productos p WHERE stock_total > 0 AND NOT EXISTS (SELECT FROM stock_reservations r
                       WHERE r.producto_id = p.id))"""),
    DUPLICATE_CARTS(18, "carritos_duplicados", 2, Effect.STOPS_UNTIL_MENDED, """
            ALTER TABLE carts DROP CONSTRAINT carts_user_id_key;
            INSERT INTO carts (created_at, updated_at, user_id) VALUES (now(), now(), 20), (now(), now(), 23);
            INSERT INTO cart_items (quantity, price_at_addition, created_at, updated_at, cart_id, product_id)
                SELECT 5, 9.99, now(), now(), max(id), 2 FROM carts WHERE user_id = 20"""),
    DUPLICATE_LINES(19, "lineas_duplicadas", 3, Effect.STOPS_UNTIL_MENDED, """
            ALTER TABLE cart_items DROP CONSTRAINT cart_items_cart_id_product_id_a57569aa_uniq;
            INSERT INTO cart_items (quantity, price_at_addition, created_at, updated_at, cart_id, product_id)
                SELECT 2, price_at_addition, now(), now(), cart_id, product_id FROM cart_items ORDER BY id LIMIT 3"""),
    DUPLICATE_USERS(18, "filas_duplicadas", 1, Effect.STOPS, """
            ALTER TABLE auth_user DROP CONSTRAINT auth_user_username_key;
            UPDATE auth_user SET username = 'admin' WHERE id = 3"""),
    MISSING_KEY(
            18, "clave_faltante", 0, Effect.STOPS_UNTIL_MENDED, "ALTER TABLE carts DROP CONSTRAINT carts_user_id_key"),
    MISSING_TABLE(18, "tabla_faltante", 1, Effect.STOPS, "DROP TABLE cart_audit_logs"),
    MISSING_COLUMNS(
            18,
            "columna_faltante",
            2,
            Effect.STOPS,
            "ALTER TABLE pedidos DROP COLUMN notas, DROP COLUMN fecha_entrega"),
    OTHER_TYPE(18, "tipo_distinto", 1, Effect.STOPS, "ALTER TABLE pedidos ALTER COLUMN created_at TYPE timestamp"),
    WIDER_TYPE(18, "tipo_parecido", 2, Effect.REPORTED, """
            ALTER TABLE productos ALTER COLUMN nombre TYPE text, ALTER COLUMN precio TYPE numeric(12,2)"""),
    OWN_COLUMN(18, "columna_ajena", 1, Effect.STOPS, """
            ALTER TABLE pedidos ADD COLUMN cupon varchar(20) NOT NULL DEFAULT ''; ALTER TABLE pedidos ALTER cupon DROP
                DEFAULT"""),
    SEQUENCE_BEHIND(19, "secuencia_atrasada", 2, Effect.STOPS_UNTIL_MENDED, """
            SELECT setval('pedidos_id_seq', 1), setval('stock_reservations_id_seq', 3)"""),
    EMPTY_VALUES(19, "valores_vacios", 3, Effect.STOPS, """
            ALTER TABLE productos ALTER stock_total DROP NOT NULL; UPDATE productos SET stock_total = NULL
            WHERE id IN (SELECT id FROM productos ORDER BY id LIMIT 3)"""),
    NEGATIVE_PRICE(
            18,
            "precio_negativo",
            1,
            Effect.REPORTED,
            "UPDATE productos SET precio = -1 WHERE id = (SELECT min(id) FROM productos)"),
    NO_PRICE(
            18,
            "precio_imposible",
            1,
            Effect.REPORTED,
            "UPDATE productos SET precio = 'NaN' WHERE id = (SELECT min(id) FROM productos)"),
    LINE_PRICES(18, "lineas_con_precio_imposible", 2, Effect.REPORTED, """
            UPDATE cart_items SET price_at_addition = CASE id WHEN 13 THEN -5 ELSE numeric 'NaN' END
            WHERE id IN (13, 22)"""),
    NEGATIVE_STOCK(
            18,
            "stock_negativo",
            2,
            Effect.MENDABLE,
            "UPDATE productos SET stock = -4 WHERE id IN (SELECT id FROM productos ORDER BY id LIMIT 2)"),
    EMPTY_LINES(
            18,
            "lineas_sin_cantidad",
            3,
            Effect.MENDABLE,
            "UPDATE cart_items SET quantity = 0 WHERE id IN (SELECT id FROM cart_items ORDER BY id LIMIT 3)"),
    REPEATED_HOLDS(19, "reservas_repetidas", 2, Effect.MENDABLE, """
            INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, user_agent, producto_id,
                usuario_id)
                SELECT 1, 'pending', now() - n * interval '1 minute', now() + interval '15 minutes', '', 47, 2
                FROM generate_series(1, 3) n;
            UPDATE productos SET stock_reservado = stock_reservado + 3, stock = stock - 3 WHERE id = 47"""),
    HELD_BY_NOBODY(19, "reservado_sin_reservas", 1, Effect.MENDABLE, """
            UPDATE productos SET stock_reservado = 5, stock = stock - 5 WHERE id = (SELECT min(id) FROM productos p
                WHERE stock > 5 AND stock_total > 0 AND NOT EXISTS (SELECT FROM stock_reservations r
                    WHERE r.producto_id = p.id))"""),
    LOST_HOLDS(
            19,
            "reservado_distinto",
            2,
            Effect.MENDABLE,
            "UPDATE productos SET stock_reservado = 1 WHERE id IN (24, 79)",
            "productos 24 cambia",
            "productos 79 cambia"),
    LOST_SALES(
            19,
            "vendido_de_menos",
            1,
            Effect.MENDABLE,
            "UPDATE productos SET stock_vendido = 0 WHERE id = 310",
            "productos 310 cambia"),
    SALES_OF_A_GONE_USER(
            19, "vendido_de_mas", 1, Effect.MENDABLE, "DELETE FROM stock_reservations WHERE status = 'confirmed'"),
    OVERPROMISED(19, "reservas_sin_unidades", 1, Effect.REPORTED, """
            UPDATE stock_reservations SET cantidad = 500 WHERE id = 22"""),
    ID_WITHOUT_SEQUENCE(18, "id_sin_secuencia", 1, Effect.STOPS, "ALTER TABLE pedidos ALTER COLUMN id DROP IDENTITY"),
    MANDATORY_COLUMN(18, "columna_obligatoria", 1, Effect.STOPS, """
            UPDATE pedidos SET notas = '' WHERE notas IS NULL; ALTER TABLE pedidos ALTER COLUMN notas SET NOT NULL"""),
    MISSING_REFERENCE(18, "clave_foranea_faltante", 0, Effect.REPORTED, """
            ALTER TABLE detalles_pedido DROP CONSTRAINT detalles_pedido_producto_id_fb467aba_fk_productos_id"""),
    DISCOUNTS(18, "descuento_fuera_de_rango", 2, Effect.REPORTED, """
            ALTER TABLE productos DROP CONSTRAINT IF EXISTS productos_descuento_check;
            UPDATE productos SET descuento = CASE WHEN id = (SELECT min(id) FROM productos) THEN -5 ELSE 150 END
             WHERE id IN (SELECT id FROM productos ORDER BY id LIMIT 2)"""),
    ONE_EMAIL_OF_TWO(
            19,
            "correo_compartido",
            2,
            Effect.REPORTED,
            "UPDATE auth_user SET email = 'CLIENTE5@correo.test' WHERE username = 'cliente6'"),
    NO_PROFILES(
            18,
            "usuarios_sin_perfil",
            2,
            Effect.REPORTED,
            "DELETE FROM user_profiles WHERE id IN (SELECT id FROM user_profiles ORDER BY id LIMIT 2)"),
    UNKNOWN_ROLES(
            18,
            "rol_desconocido",
            2,
            Effect.REPORTED,
            "UPDATE user_profiles SET rol = 'gerente' WHERE id IN "
                    + "(SELECT id FROM user_profiles ORDER BY id LIMIT 2)"),
    UNKNOWN_PAYMENTS(
            18,
            "pago_desconocido",
            2,
            Effect.REPORTED,
            "UPDATE pedidos SET metodo_pago = 'trueque' WHERE "
                    + "id IN (SELECT id FROM pedidos ORDER BY "
                    + "id LIMIT 2)"),
    WRONG_SUBTOTALS(18, "subtotal_distinto", 2, Effect.REPORTED, """
            UPDATE detalles_pedido SET subtotal = subtotal + 1 WHERE id IN (
                SELECT id FROM detalles_pedido WHERE subtotal = cantidad * precio_unitario ORDER BY id LIMIT 2)"""),
    STOCK_DIFFERS(
            19,
            "stock_distinto",
            1,
            Effect.REPORTED,
            "UPDATE productos SET stock = stock - 1 WHERE id = 310",
            "productos 310 cambia"),
    NEGATIVE_UNCOUNTED_STOCK(19, "stock_negativo", 1, Effect.MENDABLE, """
            UPDATE productos SET stock = -4 WHERE id = (SELECT min(id) FROM productos
                WHERE stock > 0 AND stock_total = 0)"""),
    NEGATIVE_HOLD(19, "reservas_negativas", 1, Effect.STOPS, """
            ALTER TABLE stock_reservations DROP CONSTRAINT stock_reservations_cantidad_check;
            UPDATE stock_reservations SET cantidad = -1 WHERE id = (SELECT min(id) FROM stock_reservations
                WHERE status = 'cancelled')"""),
    EMPTY_HOLD(19, "reservas_sin_cantidad", 1, Effect.MENDABLE, """
            INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, user_agent, producto_id,
                usuario_id)
            VALUES (0, 'pending', now(), now() + interval '15 minutes', '', 47, 2)"""),
    OVERDUE_HOLDS(19, "reservas_vencidas", 2, Effect.MENDABLE, """
            INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, user_agent, producto_id,
                usuario_id)
                SELECT 1, 'pending', now() - interval '1 hour', now() - interval '45 minutes', '', 47, n
                FROM generate_series(2, 3) n;
            UPDATE productos SET stock_reservado = stock_reservado + 2, stock = stock - 2 WHERE id = 47"""),
    WRONG_TOTALS(18, "total_de_pedido_distinto", 4, Effect.REPORTED, """
            UPDATE pedidos SET total = total + 1 WHERE id IN (
                SELECT pedido_id FROM detalles_pedido d JOIN pedidos p ON p.id = d.pedido_id GROUP BY pedido_id, total
                       HAVING sum(subtotal) = total ORDER BY pedido_id LIMIT 4)"""),
    UNKNOWN_WORDS(
            18,
            "estado_de_pedido_desconocido",
            2,
            Effect.REPORTED,
            "UPDATE pedidos SET estado = 'enviado' WHERE id IN (SELECT id FROM pedidos ORDER BY id LIMIT 2)"),
    UNKNOWN_STATUS(
            19,
            "estado_de_reserva_desconocido",
            1,
            Effect.REPORTED,
            "UPDATE stock_reservations SET status "
                    + "= 'perdida' WHERE id = (SELECT "
                    + "min(id) FROM stock_reservations WHERE "
                    + "status = 'cancelled')"),
    ORPHANS(18, "filas_huerfanas", 2, Effect.REPORTED, """
            ALTER TABLE detalles_pedido DROP CONSTRAINT detalles_pedido_producto_id_fb467aba_fk_productos_id;
            UPDATE detalles_pedido SET producto_id = 999999
            WHERE id IN (SELECT id FROM detalles_pedido ORDER BY id LIMIT 2)""");

    final int level;
    final String finding;
    final long rows;
    final Effect effect;
    final String sql;
    /** The rows of productos whose stock 0020 sets from the figures. */
    final List<String> restocked;

    Break(int level, String finding, long rows, Effect effect, String sql, String... restocked) {
        this.level = level;
        this.finding = finding;
        this.rows = rows;
        this.effect = effect;
        this.sql = sql;
        this.restocked = List.of(restocked);
    }

    /** The name of its finding. */
    public String finding() {
        return finding;
    }
}
