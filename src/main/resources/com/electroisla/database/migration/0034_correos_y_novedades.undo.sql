DROP INDEX
    productos_novedades,
    auth_user_nombre,
    auth_user_correo;
