DROP INDEX reservas_terminadas_usuario;
CREATE INDEX reservas_usuario ON stock_reservations (usuario_id, id);
