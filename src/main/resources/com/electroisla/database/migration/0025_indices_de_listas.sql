-- What the lists of the admin are filtered and sorted by.
--
-- The kardex and the list of one product's reservations read those that are over, too. This index is none that a checkout
-- pays for: a hold enters it when it ends, and that update writes the reservation's other indexes anyway, since it leaves
-- those of what is pending.
CREATE INDEX reservas_terminadas_producto ON stock_reservations (producto_id, id) WHERE status <> 'pending';

-- None of these holds a figure, so an update of one stays HOT.
CREATE INDEX productos_nombre ON productos (nombre, id);
CREATE INDEX productos_precio ON productos (precio, id);
CREATE INDEX productos_categoria ON productos (categoria, id);
CREATE INDEX productos_inactivos ON productos (id) WHERE NOT activo;
