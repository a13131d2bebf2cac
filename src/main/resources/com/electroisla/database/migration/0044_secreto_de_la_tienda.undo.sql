DROP TABLE secreto_tienda;
