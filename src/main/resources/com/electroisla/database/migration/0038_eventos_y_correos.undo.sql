DROP TABLE correos;
DROP TABLE eventos;
