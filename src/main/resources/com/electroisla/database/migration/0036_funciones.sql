-- A function means the same whoever calls it: it looks for names where they lay when it was made, not where the
-- caller's search_path points. And no trigger reads a transition table, which a shop that is placed whole on a node of
-- a cluster cannot have. The trigger that read one wrote the words of all rows of an INSERT at once; a row at a time
-- costs a load some microseconds for each new product, and a purchase makes no product.
-- Dropped first: that takes the strongest lock at once.
DROP TRIGGER productos_texto_nuevo ON productos;

CREATE OR REPLACE FUNCTION productos_texto() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM textos_productos WHERE producto_id = OLD.id;
    ELSE
        INSERT INTO textos_productos (producto_id, activo, categoria, nombre, descripcion)
            VALUES (NEW.id, NEW.activo, NEW.categoria, lower(NEW.nombre), lower(NEW.descripcion))
            ON CONFLICT (producto_id) DO UPDATE SET activo = excluded.activo, categoria = excluded.categoria,
                nombre = excluded.nombre, descripcion = excluded.descripcion;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER productos_texto_nuevo AFTER INSERT ON productos
    FOR EACH ROW EXECUTE FUNCTION productos_texto();

ALTER FUNCTION productos_stock_disponible() SET search_path FROM CURRENT;
ALTER FUNCTION reservas_borradas() SET search_path FROM CURRENT;
ALTER FUNCTION textos_sin_acentos() SET search_path FROM CURRENT;
ALTER FUNCTION avisar_cuenta() SET search_path FROM CURRENT;

-- The price that a line or a hold keeps; NULL where it keeps none, or one at which nothing is sold. Like precio_final
-- (0031) these two are parsed now, have no settings of their own, and are put into the statement that calls them.
CREATE FUNCTION precio_guardado(precio numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN es_precio(precio) THEN precio END;

-- The price that a person sees beside a line or a hold: the kept one, else today's, else 0.
CREATE FUNCTION precio_mostrado(guardado numeric, precio numeric, descuento bigint) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN COALESCE(precio_final(guardado, 0), precio_final(precio, descuento), 0.00);
