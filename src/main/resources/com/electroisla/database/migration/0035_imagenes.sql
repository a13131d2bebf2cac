-- A picture that stands in the row itself (the old shop's data: addresses, 80 kB and more each) has an address of its own, with the
-- mark of its contents in it; lists read the mark and never the picture. What is no address and long is taken for one, too. A column
-- that the database generates would be made anew with every unit sold, since a trigger of this table fires before each update. Of fixed
-- length, so that it is never put out of line itself.
ALTER TABLE productos ADD COLUMN imagen_huella uuid;

CREATE FUNCTION productos_huella() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    NEW.imagen_huella := CASE
        WHEN lower(left(ltrim(left(NEW.imagen_url, 64), E' \t\r\n'), 5)) = 'data:'
            OR octet_length(NEW.imagen_url) > 2048 AND lower(left(NEW.imagen_url, 4)) <> 'http'
        THEN left(encode(sha256(convert_to(NEW.imagen_url, 'UTF8')), 'hex'), 32)::uuid END;
    RETURN NEW;
END $$;
CREATE TRIGGER productos_huella_nueva BEFORE INSERT ON productos
    FOR EACH ROW WHEN (NEW.imagen_url IS NOT NULL) EXECUTE FUNCTION productos_huella();
CREATE TRIGGER productos_huella_cambiada BEFORE UPDATE OF imagen_url, imagen_huella ON productos
    FOR EACH ROW EXECUTE FUNCTION productos_huella();

-- Only the beginning of each text is read here, and of those that are pictures all of it, once.
UPDATE productos SET imagen_url = imagen_url
 WHERE lower(left(ltrim(left(imagen_url, 64), E' \t\r\n'), 5)) = 'data:' OR octet_length(imagen_url) > 2048;
