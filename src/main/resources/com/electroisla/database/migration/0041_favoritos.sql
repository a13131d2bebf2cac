-- Favourites, as the old shop has them. A table that Django made is used as it is; one of ours is told from it by the key
-- below, whose rows go with the product. What an earlier step back kept is taken out of the archive, as far as its people
-- and products are still there.
DO $$
BEGIN
    IF to_regclass('favoritos') IS NULL THEN
        CREATE TABLE favoritos (
            id bigserial NOT NULL,
            created_at timestamptz NOT NULL,
            producto_id bigint NOT NULL,
            usuario_id integer NOT NULL,
            CONSTRAINT favoritos_pkey PRIMARY KEY (id),
            CONSTRAINT favoritos_usuario_id_producto_id_e43750a5_uniq UNIQUE (usuario_id, producto_id),
            CONSTRAINT favoritos_se_van_con_el_producto FOREIGN KEY (producto_id) REFERENCES productos (id) ON DELETE CASCADE,
            CONSTRAINT favoritos_se_van_con_la_persona FOREIGN KEY (usuario_id) REFERENCES auth_user (id) ON DELETE CASCADE
        );
        CREATE INDEX favoritos_product_a4c7bc_idx ON favoritos (producto_id);
        CREATE INDEX favoritos_usuario_d7c5bf_idx ON favoritos (usuario_id, created_at DESC);
    END IF;
    IF to_regclass('archivo_favoritos') IS NOT NULL THEN
        INSERT INTO favoritos (created_at, producto_id, usuario_id)
            SELECT a.created_at, a.producto_id, a.usuario_id
              FROM archivo_favoritos a
              JOIN productos p ON p.id = a.producto_id JOIN auth_user u ON u.id = a.usuario_id
             ORDER BY a.created_at
            ON CONFLICT DO NOTHING;
        DROP TABLE archivo_favoritos;
    END IF;
END $$;

-- The few products of the old front end's carousel, among any number of others. It holds no figure.
CREATE INDEX productos_en_carrusel ON productos (created_at, id) WHERE activo AND en_carrusel;
