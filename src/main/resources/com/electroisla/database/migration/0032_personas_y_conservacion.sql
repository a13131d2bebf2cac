-- A sign-in ends for good some time after it began, however often its token is exchanged. Families that are there already
-- begin with their oldest token.
ALTER TABLE refresh_tokens ADD COLUMN familia_desde timestamptz;
UPDATE refresh_tokens t SET familia_desde = f.desde
  FROM (SELECT familia, min(created_at) AS desde FROM refresh_tokens WHERE familia IS NOT NULL GROUP BY familia) f
 WHERE f.familia = t.familia;

-- An instance says from time to time that it still signs with its key; one that has been silent for long is gone. Instances
-- of the version before don't say it, so those that are there now count from today.
ALTER TABLE claves_firma ADD COLUMN usada_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- What came back of an order is asked when the order is cancelled, and when more of it comes back.
CREATE INDEX movimientos_stock_pedido ON movimientos_stock (pedido_id) WHERE pedido_id IS NOT NULL;

-- What is deleted by its age is found by its age.
CREATE INDEX lotes_confirmados_created_at ON lotes_confirmados (created_at);
CREATE INDEX limites_ventana_hasta ON limites (ventana_hasta);
-- The logs of the old shop's tables are not: their rows lie in the order of their ids, and so they are deleted.

-- How far a task that walks through a large table has come.
CREATE TABLE conservacion (
    tarea varchar(40) NOT NULL,
    hasta bigint NOT NULL,
    CONSTRAINT conservacion_pkey PRIMARY KEY (tarea)
);
