CREATE INDEX reservas_terminadas_producto ON stock_reservations (producto_id, id) WHERE status <> 'pending';
DROP INDEX reservas_terminadas_kardex;
DROP TRIGGER productos_texto_nuevo ON productos;
DROP TRIGGER productos_texto_cambiado ON productos;
DROP TRIGGER productos_texto_borrado ON productos;
DROP FUNCTION productos_texto();
DROP TABLE textos_productos;
