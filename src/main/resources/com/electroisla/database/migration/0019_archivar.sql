-- Puts reservations and figures away, and leaves in `stock` what can be sold.
DO $$
DECLARE
    ahora timestamptz;
    vivas bigint;
    vencidas bigint;
    reservas bigint;
    figuras bigint;
    dudosos bigint;
    sin_inicializar bigint;
BEGIN
    LOCK TABLE productos, stock_reservations IN ACCESS EXCLUSIVE MODE;
    ahora := clock_timestamp();
    SELECT count(*) FILTER (WHERE expires_at > ahora), count(*) FILTER (WHERE expires_at <= ahora)
        INTO vivas, vencidas FROM stock_reservations WHERE status = 'pending';
    IF vivas > 0 AND COALESCE(current_setting('electro_isla.forzar', true), '') <> 'si' THEN
        RAISE EXCEPTION USING ERRCODE = 'EI001', MESSAGE = format(
            'Hay %s reservas vivas que este paso terminaría. Espera a que acaben o usa --force.', vivas);
    END IF;

    INSERT INTO archivo_reservas
        SELECT r.id, r.cantidad,
            CASE WHEN r.status <> 'pending' THEN r.status WHEN r.expires_at > ahora THEN 'cancelled' ELSE 'expired' END,
            r.created_at, r.expires_at, r.confirmed_at,
            CASE WHEN r.status = 'pending' THEN ahora ELSE r.cancelled_at END,
            r.ip_address, r.user_agent, r.producto_id, r.usuario_id,
            x.precio_unitario, x.checkout_id, x.pedido_id, ahora
        FROM stock_reservations r LEFT JOIN archivo_reservas_extra x ON x.id = r.id;
    GET DIAGNOSTICS reservas = ROW_COUNT;
    DELETE FROM archivo_reservas_extra;
    INSERT INTO archivo_secuencias (nombre, valor)
        SELECT 'stock_reservations_id_seq', last_value FROM stock_reservations_id_seq
        ON CONFLICT (nombre) DO UPDATE SET valor = GREATEST(archivo_secuencias.valor, EXCLUDED.valor);

    INSERT INTO archivo_figuras (producto_id, stock_total, stock_reservado, stock_vendido, archivado_at)
        SELECT id, stock_total, stock_reservado, stock_vendido, ahora FROM productos
        WHERE (stock_total, stock_reservado, stock_vendido) <> (0, 0, 0)
        ON CONFLICT (producto_id) DO UPDATE SET stock_total = EXCLUDED.stock_total,
            stock_reservado = EXCLUDED.stock_reservado, stock_vendido = EXCLUDED.stock_vendido, archivado_at = EXCLUDED.archivado_at;
    -- Figures that contradict each other say nothing about what is on the shelf; `stock` is the better witness then.
    UPDATE productos SET stock = stock_total - stock_vendido
        WHERE (stock_total, stock_reservado, stock_vendido) <> (0, 0, 0)
          AND stock_reservado >= 0 AND stock_vendido >= 0 AND stock_reservado + stock_vendido <= stock_total;
    GET DIAGNOSTICS figuras = ROW_COUNT;
    SELECT count(*) FILTER (WHERE (stock_total, stock_reservado, stock_vendido) <> (0, 0, 0)) - figuras,
           count(*) FILTER (WHERE (stock_total, stock_reservado, stock_vendido) = (0, 0, 0) AND stock > 0)
        INTO dudosos, sin_inicializar FROM productos;

    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
        'Terminadas: %s reservas vivas (cancelled) y %s ya vencidas (expired).', vivas, vencidas);
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
        'Guardadas en el archivo: %s reservas y las cifras de %s productos.', reservas, figuras + dudosos);
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
        'stock = stock_total - stock_vendido en %s productos.', figuras);
    IF dudosos > 0 THEN
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
            '%s productos tenían cifras que se contradicen: su stock queda como estaba.', dudosos);
    END IF;
    IF sin_inicializar > 0 THEN
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
            '%s productos sin inicializar conservan su stock.', sin_inicializar);
    END IF;
END $$;
