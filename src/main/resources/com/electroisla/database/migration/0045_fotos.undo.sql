DO $$
DECLARE
    guardadas bigint;
BEGIN
    CREATE TABLE archivo_fotos AS
        SELECT id, producto_id, archivo, posicion, texto_alternativo, creada_at, quitada_at FROM fotos_productos;
    GET DIAGNOSTICS guardadas = ROW_COUNT;
    IF guardadas = 0 THEN
        DROP TABLE archivo_fotos;
    ELSE
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format('Guardadas en el archivo: %s fotos.', guardadas);
    END IF;
END $$;
DROP TABLE fotos_productos;
