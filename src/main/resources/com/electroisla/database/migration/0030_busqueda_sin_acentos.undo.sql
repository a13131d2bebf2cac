-- Whoever writes a product meanwhile waits, and then meets the old trigger.
LOCK TABLE productos IN SHARE ROW EXCLUSIVE MODE;

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
DROP FUNCTION texto_buscable(text);

UPDATE textos_productos t SET nombre = lower(p.nombre), descripcion = lower(p.descripcion)
  FROM productos p
 WHERE p.id = t.producto_id AND (t.nombre, t.descripcion) IS DISTINCT FROM (lower(p.nombre), lower(p.descripcion));
