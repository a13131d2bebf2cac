ALTER TABLE lotes_confirmados ALTER COLUMN created_at DROP DEFAULT;
ALTER TABLE carts RESET (fillfactor);
DROP INDEX reservas_pendientes_usuario;
DROP INDEX reservas_pendientes_producto;
DROP INDEX reservas_pendientes_vencen;
CREATE INDEX reservas_pendientes_producto ON stock_reservations (producto_id, expires_at) WHERE status = 'pending';
CREATE INDEX reservas_pendientes_vencen ON stock_reservations (expires_at) WHERE status = 'pending';
CREATE INDEX reservas_pendientes_usuario ON stock_reservations (usuario_id) WHERE status = 'pending';
