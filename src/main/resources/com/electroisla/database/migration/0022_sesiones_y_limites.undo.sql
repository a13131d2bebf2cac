-- include archivo_tablas.sql

DO $$
DECLARE
    sesiones bigint;
    claves bigint;
    contadores bigint;
    respuestas bigint;
BEGIN
    INSERT INTO archivo_sesiones (id, familia) SELECT id, familia FROM refresh_tokens WHERE familia IS NOT NULL;
    GET DIAGNOSTICS sesiones = ROW_COUNT;
    SELECT count(*) INTO claves FROM claves_firma;
    SELECT count(*) INTO contadores FROM limites;
    SELECT count(*) INTO respuestas FROM idempotencia;
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format('Guardada en el archivo la familia de %s sesiones.', sesiones);
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
        'Borrados: %s claves públicas, %s contadores de límites, %s respuestas guardadas por Idempotency-Key.',
        claves, contadores, respuestas);
END $$;

DROP TABLE lotes_confirmados;
DROP TABLE idempotencia;
DROP TABLE limites;
DROP TABLE claves_firma;
ALTER TABLE refresh_tokens DROP COLUMN familia;
