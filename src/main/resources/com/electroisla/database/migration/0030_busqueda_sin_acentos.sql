-- Who types on a telephone types no accents: what is kept of each product's words has none, nor has what is looked for.
-- Letters of Spanish and its neighbours; the marks that some keyboards and files put behind a letter are left out.
-- Whoever writes a product meanwhile waits, and then meets the new trigger.
LOCK TABLE productos IN SHARE ROW EXCLUSIVE MODE;

CREATE FUNCTION texto_buscable(texto text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(lower(texto),
        'áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇ' || U&'\0300\0301\0302\0303\0308\030A\0327',
        'aaaaaaeeeeiiiiooooouuuuncaaaaaaeeeeiiiiooooouuuunc');

CREATE OR REPLACE FUNCTION productos_texto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO textos_productos (producto_id, activo, categoria, nombre, descripcion)
            SELECT id, activo, categoria, texto_buscable(nombre), texto_buscable(descripcion) FROM nuevos
            ON CONFLICT (producto_id) DO UPDATE SET activo = excluded.activo, categoria = excluded.categoria,
                nombre = excluded.nombre, descripcion = excluded.descripcion;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO textos_productos (producto_id, activo, categoria, nombre, descripcion)
            VALUES (NEW.id, NEW.activo, NEW.categoria, texto_buscable(NEW.nombre), texto_buscable(NEW.descripcion))
            ON CONFLICT (producto_id) DO UPDATE SET activo = excluded.activo, categoria = excluded.categoria,
                nombre = excluded.nombre, descripcion = excluded.descripcion;
    ELSE
        DELETE FROM textos_productos WHERE producto_id = OLD.id;
    END IF;
    RETURN NULL;
END $$;

-- Words of letters of one byte have nothing to lose.
UPDATE textos_productos SET nombre = texto_buscable(nombre), descripcion = texto_buscable(descripcion)
 WHERE octet_length(nombre) <> length(nombre) OR octet_length(descripcion) <> length(descripcion);
ANALYZE textos_productos;
