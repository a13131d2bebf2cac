DROP INDEX
    auth_user_nombre,
    auth_user_correo;
