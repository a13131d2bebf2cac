-- A hold that is extended gets another expires_at and the number of another checkout, and both were in indexes: each
-- renewal wrote all of them anew. Now no index knows either. The indexes of what is pending have revisar_desde, a time
-- before which the hold has certainly not run out: a renewal keeps it (vencia_at has it), and the sweep moves it
-- forward when it has passed and the hold lives still. It is LEAST(expires_at, vencia_at), so it is never after expires_at,
-- whoever writes that, and it needs no trigger. Of a hold that is over it is expires_at itself, for the kardex;
-- checkout_terminado is empty until then. A server of the release before looks for the checkouts of a user that are over
-- by checkout_id, beside the new one: it finds them in the same index by their user, so this asks for nothing else.
SET CONSTRAINTS ALL IMMEDIATE;

-- Dropped first: adding the columns writes the table anew, with all indexes that are there.
-- rewrites stock_reservations
DROP INDEX reservas_pendientes_producto;
DROP INDEX reservas_pendientes_vencen;
DROP INDEX reservas_terminadas_kardex;
DROP INDEX reservas_terminadas_checkout;

ALTER TABLE stock_reservations
    ADD COLUMN vencia_at timestamptz,
    ADD COLUMN revisar_desde timestamptz GENERATED ALWAYS AS (
        CASE WHEN status = 'pending' THEN LEAST(expires_at, vencia_at) ELSE expires_at END) STORED,
    ADD COLUMN checkout_terminado bigint GENERATED ALWAYS AS (
        CASE WHEN status <> 'pending' THEN checkout_id END) STORED;

CREATE INDEX reservas_pendientes_producto ON stock_reservations (producto_id, revisar_desde)
    WHERE status = 'pending' AND producto_id IS NOT NULL;
CREATE INDEX reservas_pendientes_vencen ON stock_reservations (revisar_desde)
    WHERE status = 'pending' AND revisar_desde >= '-infinity';
CREATE INDEX reservas_terminadas_kardex ON stock_reservations (producto_id, id)
    INCLUDE (cantidad, usuario_id, created_at, revisar_desde, confirmed_at, cancelled_at, status)
    WHERE status <> 'pending' AND producto_id IS NOT NULL;
CREATE INDEX reservas_terminadas_checkout ON stock_reservations (usuario_id, checkout_terminado)
    WHERE status <> 'pending' AND usuario_id IS NOT NULL;

-- Not of an empty table: plans for one that is known to be empty read all of it, and connections keep them.
DO $$
BEGIN
    IF EXISTS (SELECT FROM stock_reservations) THEN
        ANALYZE stock_reservations;
    END IF;
END $$;
