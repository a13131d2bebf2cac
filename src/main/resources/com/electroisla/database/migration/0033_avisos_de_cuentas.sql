-- What an account may do is remembered by every server for a moment, so that a reading need not ask. Whoever changes a right, an
-- account's name or its being there tells them, whatever program it is. Logging in and registering change none of it.
CREATE FUNCTION avisar_cuenta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('electro_isla_revocaciones',
        'usuario:' || (pg_catalog.to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[0]));
    RETURN NULL;
END $$;
CREATE TRIGGER cuenta_cambiada AFTER UPDATE OF username, is_active, is_staff, is_superuser ON auth_user
    FOR EACH ROW WHEN ((OLD.username, OLD.is_active, OLD.is_staff, OLD.is_superuser) IS DISTINCT FROM (NEW.username, NEW.is_active, NEW.is_staff, NEW.is_superuser))
    EXECUTE FUNCTION avisar_cuenta('id');
CREATE TRIGGER cuenta_borrada AFTER DELETE ON auth_user FOR EACH ROW EXECUTE FUNCTION avisar_cuenta('id');
CREATE TRIGGER perfil_nuevo AFTER INSERT ON user_profiles
    FOR EACH ROW WHEN (NEW.rol IS DISTINCT FROM 'cliente') EXECUTE FUNCTION avisar_cuenta('user_id');
CREATE TRIGGER perfil_cambiado AFTER UPDATE OF rol, user_id ON user_profiles
    FOR EACH ROW WHEN ((OLD.rol, OLD.user_id) IS DISTINCT FROM (NEW.rol, NEW.user_id)) EXECUTE FUNCTION avisar_cuenta('user_id');
