DROP TRIGGER perfil_cambiado ON user_profiles;
DROP TRIGGER perfil_nuevo ON user_profiles;
DROP TRIGGER cuenta_borrada ON auth_user;
DROP TRIGGER cuenta_cambiada ON auth_user;
DROP FUNCTION avisar_cuenta();
