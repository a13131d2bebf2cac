-- The price of a unit, computed here and nowhere else: catalogue, cart, hold, order and page call precio_final. No constraint keeps an
-- old row, or a hand in psql, from a discount of 150, a price of -5 or NaN. The bodies are parsed now, so no search_path matters, and
-- without settings of their own they are put into the statement that calls them, where they cost what the expression costs.
-- A restore makes functions in the order of their names, so none calls one that comes after it.
CREATE FUNCTION descuento_aplicado(descuento bigint) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN LEAST(GREATEST(descuento, 0), 100)::integer;

-- At what is none of these nothing is sold: below 0, NaN (which sorts above every number), and what no order can hold.
CREATE FUNCTION es_precio(precio numeric) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN precio >= 0 AND precio < 100000000;

-- NULL: not for sale.
CREATE FUNCTION precio_final(precio numeric, descuento bigint) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN es_precio(precio) THEN round(precio * (100 - descuento_aplicado(descuento)) * 0.01, 2) END;
