-- A user's last checkout is the highest number among the user's reservations; a cart need not repeat it, which was a row to write with
-- every checkout. Pending holds are found by their user, those that are over by this. Like the others it is no candidate unless its key is named.
CREATE INDEX reservas_terminadas_checkout ON stock_reservations (usuario_id, checkout_id) WHERE status <> 'pending' AND checkout_id IS NOT NULL;

SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE carts
    DROP COLUMN checkout_id,
    DROP COLUMN checkout_lineas;
