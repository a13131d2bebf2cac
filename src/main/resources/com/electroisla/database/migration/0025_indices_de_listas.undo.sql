DROP INDEX
    reservas_terminadas_producto,
    productos_nombre,
    productos_precio,
    productos_categoria,
    productos_inactivos;
