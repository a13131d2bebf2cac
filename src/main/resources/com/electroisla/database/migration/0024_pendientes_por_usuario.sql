-- A checkout asks what its buyer holds. By reservas_usuario that costs more with every purchase the buyer ever made; here
-- are only the holds that have not ended, so the question costs the same in the shop's tenth year.
CREATE INDEX reservas_pendientes_usuario ON stock_reservations (usuario_id) WHERE status = 'pending';
