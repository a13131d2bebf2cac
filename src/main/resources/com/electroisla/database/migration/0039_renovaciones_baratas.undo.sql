SET CONSTRAINTS ALL IMMEDIATE;
DROP INDEX reservas_pendientes_producto;
DROP INDEX reservas_pendientes_vencen;
DROP INDEX reservas_terminadas_kardex;
DROP INDEX reservas_terminadas_checkout;

ALTER TABLE stock_reservations
    DROP COLUMN checkout_terminado,
    DROP COLUMN revisar_desde,
    DROP COLUMN vencia_at;

CREATE INDEX reservas_pendientes_producto ON stock_reservations (producto_id, expires_at)
    WHERE status = 'pending' AND producto_id IS NOT NULL;
CREATE INDEX reservas_pendientes_vencen ON stock_reservations (expires_at)
    WHERE status = 'pending' AND expires_at >= '-infinity';
CREATE INDEX reservas_terminadas_kardex ON stock_reservations (producto_id, id)
    INCLUDE (cantidad, usuario_id, created_at, expires_at, confirmed_at, cancelled_at, status)
    WHERE status <> 'pending' AND producto_id IS NOT NULL;
CREATE INDEX reservas_terminadas_checkout ON stock_reservations (usuario_id, checkout_id)
    WHERE status <> 'pending' AND checkout_id IS NOT NULL;
