-- The pictures of a product, in their order and with their words. The first one's file is productos.imagen too, which the old shop and
-- every list read. A picture that was taken away stays a day (quitada_at). A deleted product leaves its rows without one, so that
-- the sweep knows which files go. No statement of a checkout reads this table.
CREATE TABLE fotos_productos (
    id bigint GENERATED ALWAYS AS IDENTITY,
    producto_id bigint,
    archivo varchar(100) NOT NULL,
    posicion integer NOT NULL,
    texto_alternativo varchar(250) NOT NULL DEFAULT '',
    creada_at timestamptz NOT NULL,
    quitada_at timestamptz,
    CONSTRAINT fotos_productos_pkey PRIMARY KEY (id),
    CONSTRAINT fotos_productos_una_vez UNIQUE (producto_id, archivo),
    CONSTRAINT fotos_productos_sin_producto FOREIGN KEY (producto_id) REFERENCES productos (id) ON DELETE SET NULL
);
CREATE INDEX fotos_productos_archivo ON fotos_productos (archivo);
CREATE INDEX fotos_productos_quitadas ON fotos_productos (quitada_at) WHERE quitada_at IS NOT NULL;
CREATE INDEX fotos_productos_sueltas ON fotos_productos (id) WHERE producto_id IS NULL;

-- What an earlier step back kept. A product whose first picture the old shop had no column for gets it back.
DO $$
BEGIN
    IF to_regclass('archivo_fotos') IS NOT NULL THEN
        INSERT INTO fotos_productos (producto_id, archivo, posicion, texto_alternativo, creada_at, quitada_at)
            SELECT p.id, a.archivo, a.posicion, a.texto_alternativo, a.creada_at, a.quitada_at
              FROM archivo_fotos a LEFT JOIN productos p ON p.id = a.producto_id
             ORDER BY a.id;
        UPDATE productos p
           SET imagen = f.archivo
          FROM (SELECT DISTINCT ON (producto_id) producto_id, archivo FROM fotos_productos
                 WHERE producto_id IS NOT NULL AND quitada_at IS NULL ORDER BY producto_id, posicion, id) f
         WHERE p.id = f.producto_id AND COALESCE(btrim(p.imagen), '') = '';
        DROP TABLE archivo_fotos;
    END IF;
END $$;
