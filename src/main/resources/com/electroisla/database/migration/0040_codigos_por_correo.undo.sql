DO $$
DECLARE
    registros bigint;
    recuperaciones bigint;
BEGIN
    SELECT count(*) FILTER (WHERE proposito = 'registro'), count(*) FILTER (WHERE proposito = 'recuperacion')
      INTO registros, recuperaciones FROM codigos_correo WHERE usado_at IS NULL;
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
        'Borrados: %s registros sin confirmar y %s códigos de recuperación.', registros, recuperaciones);
END $$;

DROP TABLE codigos_correo;
