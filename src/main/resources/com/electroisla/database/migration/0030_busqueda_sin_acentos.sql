-- Who types on a telephone types no accents: what is kept of each product's words has none, nor has what is looked for.
-- Letters of Spanish and its neighbours; the marks that some keyboards and files put behind a letter are left out.
CREATE FUNCTION texto_buscable(texto text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(lower(texto),
        'áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇ' || U&'\0300\0301\0302\0303\0308\030A\0327',
        'aaaaaaeeeeiiiiooooouuuuncaaaaaaeeeeiiiiooooouuuunc');

-- Whoever writes words from here on meets the trigger, and what was written before is seen below: the lock is waited for.
CREATE FUNCTION textos_sin_acentos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.nombre := texto_buscable(NEW.nombre);
    NEW.descripcion := texto_buscable(NEW.descripcion);
    RETURN NEW;
END $$;
CREATE TRIGGER textos_sin_acentos BEFORE INSERT OR UPDATE OF nombre, descripcion ON textos_productos
    FOR EACH ROW EXECUTE FUNCTION textos_sin_acentos();

-- Words of letters of one byte have nothing to lose; of the others the trigger does it.
UPDATE textos_productos SET nombre = nombre
 WHERE octet_length(nombre) <> length(nombre) OR octet_length(descripcion) <> length(descripcion);
ANALYZE textos_productos;
