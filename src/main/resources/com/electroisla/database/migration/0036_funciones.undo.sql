DROP TRIGGER productos_texto_nuevo ON productos;

CREATE OR REPLACE FUNCTION productos_texto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO textos_productos (producto_id, activo, categoria, nombre, descripcion)
            SELECT id, activo, categoria, lower(nombre), lower(descripcion) FROM nuevos
            ON CONFLICT (producto_id) DO UPDATE SET activo = excluded.activo, categoria = excluded.categoria,
                nombre = excluded.nombre, descripcion = excluded.descripcion;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO textos_productos (producto_id, activo, categoria, nombre, descripcion)
            VALUES (NEW.id, NEW.activo, NEW.categoria, lower(NEW.nombre), lower(NEW.descripcion))
            ON CONFLICT (producto_id) DO UPDATE SET activo = excluded.activo, categoria = excluded.categoria,
                nombre = excluded.nombre, descripcion = excluded.descripcion;
    ELSE
        DELETE FROM textos_productos WHERE producto_id = OLD.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER productos_texto_nuevo AFTER INSERT ON productos
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION productos_texto();

ALTER FUNCTION productos_stock_disponible() RESET search_path;
ALTER FUNCTION reservas_borradas() RESET search_path;
ALTER FUNCTION textos_sin_acentos() RESET search_path;
ALTER FUNCTION avisar_cuenta() RESET search_path;

DROP FUNCTION precio_mostrado(numeric, numeric, bigint);
DROP FUNCTION precio_guardado(numeric);
