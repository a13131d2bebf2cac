-- A user's last checkout is the highest number among the user's reservations: pending ones are found by their user, those that are
-- over by this. No cart has to repeat it, which was a row to write with every checkout. Like the others the index is no candidate
-- unless its key is named.
CREATE INDEX reservas_terminadas_checkout ON stock_reservations (usuario_id, checkout_id) WHERE status <> 'pending' AND checkout_id IS NOT NULL;

-- They stay, because a server of the version before may still be writing them.
COMMENT ON COLUMN carts.checkout_id IS 'Sin uso desde 0028: manda el número más alto de stock_reservations.checkout_id';
COMMENT ON COLUMN carts.checkout_lineas IS 'Sin uso desde 0028';
