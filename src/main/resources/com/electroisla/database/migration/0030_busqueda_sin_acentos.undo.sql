DROP TRIGGER textos_sin_acentos ON textos_productos;
DROP FUNCTION textos_sin_acentos();
DROP FUNCTION texto_buscable(text);
UPDATE textos_productos t SET nombre = lower(p.nombre), descripcion = lower(p.descripcion)
  FROM productos p
 WHERE p.id = t.producto_id AND (t.nombre, t.descripcion) IS DISTINCT FROM (lower(p.nombre), lower(p.descripcion));
