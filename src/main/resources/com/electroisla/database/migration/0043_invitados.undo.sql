DO $$
DECLARE
    guardados bigint;
    enlaces bigint;
BEGIN
    CREATE TABLE archivo_invitados AS
        SELECT usuario_id, email, idioma, created_at, ultimo_uso, cerrado_at FROM invitados;
    GET DIAGNOSTICS guardados = ROW_COUNT;
    SELECT count(*) INTO enlaces FROM enlaces_pedido;
    IF guardados = 0 THEN
        DROP TABLE archivo_invitados;
    END IF;
    IF guardados + enlaces > 0 THEN
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
            'Guardados en el archivo: %s invitados, con sus correos. Dejan de valer %s enlaces a sus pedidos.', guardados, enlaces);
    END IF;
END $$;

DROP TABLE enlaces_pedido;
DROP TABLE invitados;
