DROP TABLE conservacion;
DROP INDEX limites_ventana_hasta;
DROP INDEX lotes_confirmados_created_at;
DROP INDEX movimientos_stock_pedido;
ALTER TABLE claves_firma DROP COLUMN usada_at;
ALTER TABLE refresh_tokens DROP COLUMN familia_desde;
