DROP INDEX
    reservas_pendientes_producto,
    reservas_pendientes_vencen,
    reservas_usuario,
    productos_activos_nombre,
    productos_activos_precio,
    productos_activos_creado,
    productos_activos_categoria,
    pedidos_usuario_id_desc;

CREATE INDEX productos_stock_2e1108_idx ON productos (stock);
CREATE INDEX productos_stock_r_a1448d_idx ON productos (stock_reservado);
CREATE INDEX stock_reser_expires_fdd22d_idx ON stock_reservations (expires_at);
CREATE INDEX stock_reser_product_991f92_idx ON stock_reservations (producto_id, status);
CREATE INDEX stock_reser_status_da6fe9_idx ON stock_reservations (status, expires_at);
CREATE INDEX stock_reser_usuario_bec55e_idx ON stock_reservations (usuario_id, status);
CREATE INDEX stock_reservations_producto_id_8bd7bd72 ON stock_reservations (producto_id);
CREATE INDEX stock_reservations_status_9cdae56d ON stock_reservations (status);
CREATE INDEX stock_reservations_status_9cdae56d_like ON stock_reservations (status varchar_pattern_ops);
CREATE INDEX stock_reservations_usuario_id_020c4e7e ON stock_reservations (usuario_id);

DO $$
BEGIN
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = 'Índices: los 8 propios quitados, los 10 de la tienda antigua rehechos.';
END $$;
