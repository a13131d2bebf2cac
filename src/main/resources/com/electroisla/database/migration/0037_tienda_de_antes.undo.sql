DROP INDEX productos_creados, auth_user_alta;
DROP TABLE existencias_mostradas;
