-- Differences between figures and the rows behind them, as the reconciliation found them, and how each ended. An open one that
-- concerns a product closes it (productos.cerrado_desde): it sells nothing until somebody repairs or accepts the difference. Of the
-- indexes only that of the few closed products knows the column, so a change of a figure is still written into the row's page.
CREATE TABLE diferencias (
    id bigint GENERATED ALWAYS AS IDENTITY,
    aspecto varchar(30) NOT NULL,
    sujeto varchar(60) NOT NULL,
    producto_id bigint,
    cifra numeric NOT NULL,
    esperado numeric NOT NULL,
    bien_hasta timestamptz,
    mal_desde timestamptz NOT NULL,
    encontrada_at timestamptz NOT NULL,
    situacion varchar(10) NOT NULL DEFAULT 'abierta',
    terminada_at timestamptz,
    terminada_por integer,
    motivo varchar(500) NOT NULL DEFAULT '',
    CONSTRAINT diferencias_pkey PRIMARY KEY (id),
    CONSTRAINT diferencias_situacion CHECK (situacion IN ('abierta', 'reparada', 'aceptada')),
    CONSTRAINT diferencias_terminadas CHECK ((situacion = 'abierta') = (terminada_at IS NULL))
);
CREATE UNIQUE INDEX diferencias_abiertas ON diferencias (sujeto, aspecto) WHERE situacion = 'abierta';
CREATE INDEX diferencias_aceptadas ON diferencias (sujeto, aspecto, id) WHERE situacion = 'aceptada';
CREATE INDEX diferencias_producto ON diferencias (producto_id) WHERE situacion = 'abierta';

-- How far the reconciliation has come in each part, for all servers: whoever has the row's lock takes the next slice.
CREATE TABLE conciliacion (
    parte varchar(20) NOT NULL,
    hasta bigint NOT NULL DEFAULT 0,
    vistas bigint,
    vuelta_at timestamptz,
    vuelta_anterior_at timestamptz,
    CONSTRAINT conciliacion_pkey PRIMARY KEY (parte)
);
INSERT INTO conciliacion (parte) VALUES ('productos'), ('pedidos'), ('pagos');

ALTER TABLE productos ADD COLUMN cerrado_desde timestamptz;
CREATE INDEX productos_cerrados ON productos (id) WHERE cerrado_desde IS NOT NULL;

-- Whether buyers see a product, if it is active: it has a price and is not closed.
CREATE FUNCTION se_vende(precio numeric, cerrado_desde timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN cerrado_desde IS NULL AND es_precio(precio);

-- What an earlier step back kept.
DO $$
BEGIN
    IF to_regclass('archivo_diferencias') IS NOT NULL THEN
        INSERT INTO diferencias (aspecto, sujeto, producto_id, cifra, esperado, bien_hasta, mal_desde, encontrada_at, situacion,
                                 terminada_at, terminada_por, motivo)
            SELECT aspecto, sujeto, producto_id, cifra, esperado, bien_hasta, mal_desde, encontrada_at, situacion,
                   terminada_at, terminada_por, motivo
              FROM archivo_diferencias ORDER BY id;
        UPDATE productos p SET cerrado_desde = d.desde
          FROM (SELECT producto_id, min(encontrada_at) AS desde FROM diferencias WHERE situacion = 'abierta' GROUP BY 1) d
         WHERE p.id = d.producto_id;
        DROP TABLE archivo_diferencias;
    END IF;
END $$;
