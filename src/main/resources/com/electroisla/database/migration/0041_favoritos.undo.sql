DROP INDEX productos_en_carrusel;

DO $$
DECLARE
    guardados bigint;
BEGIN
    IF EXISTS (SELECT FROM pg_constraint
                WHERE conrelid = to_regclass('favoritos') AND conname = 'favoritos_se_van_con_el_producto') THEN
        CREATE TABLE archivo_favoritos AS SELECT created_at, producto_id, usuario_id FROM favoritos;
        GET DIAGNOSTICS guardados = ROW_COUNT;
        IF guardados = 0 THEN
            DROP TABLE archivo_favoritos;
        ELSE
            RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format('Guardados en el archivo: %s favoritos.', guardados);
        END IF;
        DROP TABLE favoritos;
    END IF;
END $$;
