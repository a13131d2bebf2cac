-- Back to what the old shop's 0019 knows. Its reservations and figures stay; what only we keep goes to the archive.

-- include archivo_tablas.sql

DO $$
DECLARE
    precios bigint;
    movimientos bigint;
BEGIN
    LOCK TABLE carts, productos, stock_reservations IN ACCESS EXCLUSIVE MODE;
    INSERT INTO archivo_reservas_extra (id, precio_unitario, checkout_id, pedido_id)
        SELECT id, precio_unitario, checkout_id, pedido_id FROM stock_reservations
        WHERE precio_unitario IS NOT NULL OR checkout_id IS NOT NULL OR pedido_id IS NOT NULL;
    GET DIAGNOSTICS precios = ROW_COUNT;
    INSERT INTO archivo_carritos (id, checkout_id, checkout_lineas)
        SELECT id, checkout_id, checkout_lineas FROM carts WHERE checkout_id IS NOT NULL;
    INSERT INTO archivo_movimientos
        SELECT id, producto_id, tipo, delta_total, delta_vendido, motivo, pedido_id, usuario_id, created_at FROM movimientos_stock;
    GET DIAGNOSTICS movimientos = ROW_COUNT;
    INSERT INTO archivo_secuencias (nombre, valor)
        SELECT 'checkouts_id_seq', last_value FROM checkouts_id_seq
        UNION ALL
        SELECT 'movimientos_stock_id_seq', last_value FROM movimientos_stock_id_seq
        ON CONFLICT (nombre) DO UPDATE SET valor = GREATEST(archivo_secuencias.valor, EXCLUDED.valor);
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
        'Guardados en el archivo: %s movimientos y los datos de compra de %s reservas.', movimientos, precios);
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE =
        'Quitados: los CHECK de las cifras y el trigger de stock (vuelve a escribirlo la tienda antigua).';
END $$;

SET CONSTRAINTS ALL IMMEDIATE;
DROP TRIGGER reservas_borradas_cuadran ON stock_reservations;
DROP FUNCTION reservas_borradas();
DROP TABLE movimientos_stock;
DROP SEQUENCE checkouts_id_seq;
ALTER TABLE carts
    DROP COLUMN checkout_id,
    DROP COLUMN checkout_lineas;
ALTER TABLE stock_reservations
    DROP COLUMN precio_unitario,
    DROP COLUMN checkout_id,
    DROP COLUMN pedido_id;
DROP TRIGGER productos_stock_sigue_al_disponible ON productos;
DROP FUNCTION productos_stock_disponible();
ALTER TABLE productos
    DROP CONSTRAINT productos_reservado_no_negativo,
    DROP CONSTRAINT productos_vendido_no_negativo,
    DROP CONSTRAINT productos_promesas_dentro_del_total;
ALTER TABLE productos RESET (fillfactor, toast_tuple_target);
ALTER TABLE stock_reservations RESET (fillfactor);

-- Django gives its columns no defaults; where it made them they go back to that.
DO $$
BEGIN
    IF EXISTS (SELECT FROM electro_isla_migraciones WHERE numero = 19 AND origen = 'django') THEN
        ALTER TABLE productos
            ALTER COLUMN stock_total DROP DEFAULT,
            ALTER COLUMN stock_reservado DROP DEFAULT,
            ALTER COLUMN stock_vendido DROP DEFAULT;
    END IF;
END $$;
