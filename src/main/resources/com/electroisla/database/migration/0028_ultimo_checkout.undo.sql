-- On its cart goes the last checkout, unless it was paid or given up: then all of its holds are confirmed or cancelled.
UPDATE carts c SET checkout_id = u.checkout_id, checkout_lineas = u.lineas
  FROM (SELECT a.id, v.checkout_id, v.lineas
          FROM carts a LEFT JOIN (
               SELECT DISTINCT ON (usuario_id) usuario_id, checkout_id, count(*) AS lineas, bool_or(status IN ('pending', 'expired')) AS abierto
                 FROM stock_reservations WHERE checkout_id IS NOT NULL
                GROUP BY usuario_id, checkout_id
                ORDER BY usuario_id, checkout_id DESC) v ON v.usuario_id = a.user_id AND v.abierto) u
 WHERE u.id = c.id AND (c.checkout_id, c.checkout_lineas) IS DISTINCT FROM (u.checkout_id, u.lineas);

COMMENT ON COLUMN carts.checkout_id IS NULL;
COMMENT ON COLUMN carts.checkout_lineas IS NULL;
DROP INDEX reservas_terminadas_checkout;
