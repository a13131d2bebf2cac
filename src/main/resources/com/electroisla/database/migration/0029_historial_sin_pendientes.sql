-- Of the indexes that have the past in them this is the one in which a new reservation does not lie at the end: in a shop with a past each checkout
-- fetched a page of its own for it, and put that into the log whole after each checkpoint. So only what is over is in it now; what is
-- pending has an index by user already. It asks for id > 0 to be said, or in a new shop it would be taken for
-- reservas_terminadas_checkout, which begins with the user too. Dropped first: a batch that runs meanwhile then waits once for the
-- table, and before it has a lock on it.
DROP INDEX reservas_usuario;
CREATE INDEX reservas_terminadas_usuario ON stock_reservations (usuario_id, id) WHERE status <> 'pending' AND id > 0;
