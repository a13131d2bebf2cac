DO $$
DECLARE
    sesiones bigint;
BEGIN
    SELECT count(*) INTO sesiones FROM sesiones_web;
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format('Cerradas %s sesiones de navegador.', sesiones);
END $$;

DROP INDEX pedidos_creados, reservas_creadas;
DROP TABLE sesiones_web;
