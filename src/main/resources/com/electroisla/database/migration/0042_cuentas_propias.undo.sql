DO $$
DECLARE
    invitaciones bigint;
    guardadas bigint;
    factores bigint;
BEGIN
    SELECT count(*) INTO invitaciones FROM enlaces_cuenta WHERE fin IS NULL;
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format('Borrados %s enlaces por correo sin usar.', invitaciones);
    SELECT count(*) INTO guardadas FROM direcciones;
    IF guardadas > 0 THEN
        CREATE TABLE archivo_direcciones AS SELECT * FROM direcciones;
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format('Guardadas en el archivo: %s direcciones.', guardadas);
    END IF;
    SELECT count(*) INTO factores FROM segundos_factores;
    IF factores > 0 THEN
        CREATE TABLE archivo_segundos_factores AS SELECT * FROM segundos_factores;
        CREATE TABLE archivo_codigos_de_respaldo AS SELECT * FROM codigos_de_respaldo;
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
            'Guardados en el archivo: %s segundos factores; hasta volver aquí, a esas personas les basta la contraseña.', factores);
    END IF;
    IF EXISTS (SELECT FROM ajustes_cuentas) THEN
        CREATE TABLE archivo_ajustes_cuentas AS SELECT * FROM ajustes_cuentas;
    END IF;
END $$;

DROP TABLE ajustes_cuentas, codigos_de_respaldo, segundos_factores, entregas_escritas, direcciones, enlaces_cuenta;
