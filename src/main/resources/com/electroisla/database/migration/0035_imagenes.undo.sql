DROP TRIGGER productos_huella_nueva ON productos;
DROP TRIGGER productos_huella_cambiada ON productos;
DROP FUNCTION productos_huella();
ALTER TABLE productos DROP COLUMN imagen_huella;
