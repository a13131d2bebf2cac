DROP FUNCTION precio_final(numeric, bigint);
DROP FUNCTION es_precio(numeric);
DROP FUNCTION descuento_aplicado(bigint);
