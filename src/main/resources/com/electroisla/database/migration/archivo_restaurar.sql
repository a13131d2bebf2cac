-- Brings back what an earlier step back to 0018 put into the archive. It runs at the end of our 0019, and when a 0019 that
-- Django applied is recognised (its reservations may have taken ids of ours by then, and ours get new ones).
-- `stock` as found is the truth: the old shop may have sold. What can no longer be attached stays in the archive.
DO $$
DECLARE
    reservas bigint;
    restantes bigint;
    figuras bigint;
BEGIN
    IF to_regclass('archivo_reservas') IS NULL THEN
        RETURN;
    END IF;

    -- What Django inserted since has an id of its own; the archive's ids and those still to be given must not meet.
    PERFORM setval(pg_get_serial_sequence('stock_reservations', 'id'), GREATEST(
        (SELECT last_value FROM stock_reservations_id_seq),
        (SELECT COALESCE(max(id), 0) FROM stock_reservations),
        (SELECT COALESCE(max(id), 0) FROM archivo_reservas),
        (SELECT COALESCE(max(valor), 0) FROM archivo_secuencias WHERE nombre = 'stock_reservations_id_seq'),
        1));
    UPDATE archivo_reservas a SET id = nextval(pg_get_serial_sequence('stock_reservations', 'id'))
        WHERE EXISTS (SELECT FROM stock_reservations r WHERE r.id = a.id);

    CREATE TEMPORARY TABLE restaurables ON COMMIT DROP AS
        SELECT a.* FROM archivo_reservas a
        WHERE EXISTS (SELECT FROM productos p WHERE p.id = a.producto_id)
          AND EXISTS (SELECT FROM auth_user u WHERE u.id = a.usuario_id);
    INSERT INTO stock_reservations
            (id, cantidad, status, created_at, expires_at, confirmed_at, cancelled_at, ip_address, user_agent, producto_id, usuario_id)
        SELECT id, cantidad, status, created_at, expires_at, confirmed_at, cancelled_at, ip_address, COALESCE(user_agent, ''), producto_id, usuario_id
        FROM restaurables ORDER BY id;
    INSERT INTO archivo_reservas_extra (id, precio_unitario, checkout_id, pedido_id)
        SELECT id, precio_unitario, checkout_id, pedido_id FROM restaurables
        WHERE precio_unitario IS NOT NULL OR checkout_id IS NOT NULL OR pedido_id IS NOT NULL;
    DELETE FROM archivo_reservas a USING restaurables r WHERE r.id = a.id;
    GET DIAGNOSTICS reservas = ROW_COUNT;

    -- What the figures say that no row tells: the change while the old shop had the product, and sales whose buyer is gone.
    INSERT INTO archivo_ajustes (producto_id, delta_total, delta_vendido)
        SELECT p.id,
            CASE WHEN (p.stock_total, p.stock_reservado, p.stock_vendido) = (0, 0, 0)
                 THEN GREATEST(p.stock, 0) ELSE p.stock_total END + f.stock_vendido - f.stock_total,
            (SELECT COALESCE(sum(a.cantidad), 0) FROM archivo_reservas a
             WHERE a.producto_id = p.id AND a.status = 'confirmed' AND a.archivado_at = f.archivado_at)
        FROM productos p JOIN archivo_figuras f ON f.producto_id = p.id;
    UPDATE productos p
        SET stock_total = CASE WHEN (p.stock_total, p.stock_reservado, p.stock_vendido) = (0, 0, 0)
                               THEN GREATEST(p.stock, 0) ELSE p.stock_total END + f.stock_vendido,
            stock_vendido = p.stock_vendido + f.stock_vendido
        FROM archivo_figuras f WHERE f.producto_id = p.id;
    GET DIAGNOSTICS figuras = ROW_COUNT;
    DELETE FROM archivo_figuras f USING productos p WHERE p.id = f.producto_id;

    SELECT count(*) INTO restantes FROM archivo_reservas;
    IF reservas > 0 OR figuras > 0 THEN
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
            'Restauradas del archivo: %s reservas y las cifras de %s productos (stock_total = stock + stock_vendido).',
            reservas, figuras);
        IF restantes > 0 THEN
            RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
                'Siguen en el archivo %s reservas cuyo producto o usuario ya no existe.', restantes);
        END IF;
    END IF;
    DROP TABLE restaurables;
END $$;
