SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE carts
    ADD COLUMN checkout_id bigint,
    ADD COLUMN checkout_lineas integer;

-- The last checkout is on its cart until it is paid or given up; then all of its holds are confirmed or cancelled.
UPDATE carts c SET checkout_id = u.checkout_id, checkout_lineas = u.lineas
  FROM (SELECT DISTINCT ON (usuario_id) usuario_id, checkout_id, count(*) AS lineas, bool_or(status IN ('pending', 'expired')) AS abierto
          FROM stock_reservations WHERE checkout_id IS NOT NULL
         GROUP BY usuario_id, checkout_id
         ORDER BY usuario_id, checkout_id DESC) u
 WHERE u.usuario_id = c.user_id AND u.abierto;

DROP INDEX reservas_terminadas_checkout;
