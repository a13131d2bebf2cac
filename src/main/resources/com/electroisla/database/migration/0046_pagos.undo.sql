SET CONSTRAINTS ALL IMMEDIATE;

DO $$
DECLARE
    guardados bigint;
    vivos bigint;
    debidos bigint;
BEGIN
    SELECT count(*), count(*) FILTER (WHERE estado = 'iniciado') INTO guardados, vivos FROM pagos;
    IF guardados > 0 THEN
        CREATE TABLE archivo_pagos AS SELECT * FROM pagos;
        CREATE TABLE archivo_lineas_pago AS SELECT * FROM lineas_pago;
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
            'Guardados en el archivo: %s pagos; %s están a medias, y su dinero no lo espera nadie hasta volver aquí.',
            guardados, vivos);
    END IF;
    IF EXISTS (SELECT FROM cobros) THEN
        CREATE TABLE archivo_cobros AS SELECT * FROM cobros;
    END IF;
    SELECT count(*), count(*) FILTER (WHERE estado <> 'hecho') INTO guardados, debidos FROM reembolsos;
    IF guardados > 0 THEN
        CREATE TABLE archivo_reembolsos AS SELECT * FROM reembolsos;
        RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
            'Guardados en el archivo: %s reembolsos, %s de ellos por hacer.', guardados, debidos);
    END IF;
    IF EXISTS (SELECT FROM stock_reservations WHERE pago_id IS NOT NULL OR retenida_desde IS NOT NULL) THEN
        CREATE TABLE archivo_reservas_pago AS
            SELECT id, usuario_id, producto_id, created_at, pago_id, retenida_desde FROM stock_reservations
             WHERE status = 'pending' AND (pago_id IS NOT NULL OR retenida_desde IS NOT NULL);
    END IF;
    IF EXISTS (SELECT FROM pedidos WHERE vence IS NOT NULL OR avisado_at IS NOT NULL) THEN
        CREATE TABLE archivo_pedidos_vence AS
            SELECT id, created_at, vence, avisado_at FROM pedidos WHERE vence IS NOT NULL OR avisado_at IS NOT NULL;
    END IF;
END $$;

DROP INDEX pedidos_por_vencer;
ALTER TABLE pedidos
    DROP COLUMN avisado_at,
    DROP COLUMN vence;
ALTER TABLE stock_reservations
    DROP COLUMN retenida_desde,
    DROP COLUMN pago_id;
DROP TABLE reembolsos, cobros, lineas_pago, pagos;
