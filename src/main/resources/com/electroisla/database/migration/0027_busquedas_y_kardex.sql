-- What a search reads: the words of each product in small letters, side by side. Folding the case of a hundred thousand
-- descriptions is most of what a search costs; here it was done once. It takes no extension, so a database of any provider
-- will do. Figures are not in it: a reservation writes nothing here.
CREATE TABLE textos_productos (
    producto_id bigint NOT NULL,
    activo boolean NOT NULL,
    categoria varchar(50) NOT NULL,
    nombre text NOT NULL,
    descripcion text NOT NULL,
    CONSTRAINT textos_productos_pkey PRIMARY KEY (producto_id)
);

-- No foreign key, which every new product would have to ask; what is deleted is deleted here, too.
CREATE FUNCTION productos_texto() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER productos_texto_cambiado AFTER UPDATE OF nombre, descripcion, categoria, activo ON productos
    FOR EACH ROW WHEN ((OLD.nombre, OLD.descripcion, OLD.categoria, OLD.activo) IS DISTINCT FROM (NEW.nombre, NEW.descripcion, NEW.categoria, NEW.activo))
    EXECUTE FUNCTION productos_texto();
CREATE TRIGGER productos_texto_borrado AFTER DELETE ON productos
    FOR EACH ROW EXECUTE FUNCTION productos_texto();

INSERT INTO textos_productos (producto_id, activo, categoria, nombre, descripcion)
    SELECT id, activo, categoria, lower(nombre), lower(descripcion) FROM productos ORDER BY id;
ANALYZE textos_productos;

-- The kardex of a product that everybody wants adds up all that ever happened to it, and the list of its reservations looks
-- through them. Their rows lie all over the table; here they lie together, with what is added up and looked for. As before,
-- a reservation enters when it ends, and that update writes its other indexes anyway.
CREATE INDEX reservas_terminadas_kardex ON stock_reservations (producto_id, id)
    INCLUDE (cantidad, usuario_id, created_at, expires_at, confirmed_at, cancelled_at, status) WHERE status <> 'pending' AND producto_id IS NOT NULL;
DROP INDEX reservas_terminadas_producto;
