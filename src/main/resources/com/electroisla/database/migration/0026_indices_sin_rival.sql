-- While nothing is pending every partial index looks the same to the planner, and it took one whose key the question does
-- not name: then each buyer's checkout walked all holds of the shop. Now an index is no candidate unless its key is named:
-- by usuario_id or producto_id in the question, and the one by time only where the question says expires_at >= '-infinity'.
DROP INDEX reservas_pendientes_usuario;
DROP INDEX reservas_pendientes_producto;
DROP INDEX reservas_pendientes_vencen;
CREATE INDEX reservas_pendientes_usuario ON stock_reservations (usuario_id) WHERE status = 'pending' AND usuario_id IS NOT NULL;
CREATE INDEX reservas_pendientes_producto ON stock_reservations (producto_id, expires_at) WHERE status = 'pending' AND producto_id IS NOT NULL;
CREATE INDEX reservas_pendientes_vencen ON stock_reservations (expires_at) WHERE status = 'pending' AND expires_at >= '-infinity';

-- Every checkout locks and marks its cart: with room on the page no index has to learn where the row went.
ALTER TABLE carts SET (fillfactor = 50);

-- A batch leaves its mark in the trip in which it takes its first locks, before it asks for the time. The age only serves to clear it away.
ALTER TABLE lotes_confirmados ALTER COLUMN created_at SET DEFAULT clock_timestamp();
