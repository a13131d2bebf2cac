-- Back to the shop without an inventory: `stock` alone says what can be sold.

-- include archivo_tablas.sql

-- include 0019_archivar.sql

-- What came due for a deferred foreign key would otherwise stand in the way of the ALTER.
SET CONSTRAINTS ALL IMMEDIATE;
DROP TABLE stock_reservations;
-- The two indexes of the figures: that on stock_reservado goes with its column, `stock` stays.
DROP INDEX productos_stock_2e1108_idx;
ALTER TABLE productos
    DROP COLUMN stock_total,
    DROP COLUMN stock_reservado,
    DROP COLUMN stock_vendido;
