DROP FUNCTION se_vende(numeric, timestamptz);
ALTER TABLE productos DROP COLUMN cerrado_desde;

DO $$
DECLARE
    guardadas bigint;
BEGIN
    CREATE TABLE archivo_diferencias AS
        SELECT id, aspecto, sujeto, producto_id, cifra, esperado, bien_hasta, mal_desde, encontrada_at, situacion,
               terminada_at, terminada_por, motivo
          FROM diferencias;
    GET DIAGNOSTICS guardadas = ROW_COUNT;
    IF guardadas = 0 THEN
        DROP TABLE archivo_diferencias;
    ELSE
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format('Guardadas en el archivo: %s diferencias.', guardadas);
    END IF;
END $$;
DROP TABLE conciliacion;
DROP TABLE diferencias;
