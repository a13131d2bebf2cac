-- Only ever run on a database that this program made itself: what Django applied is never undone below 0018.
DO $$
DECLARE
    usuarios bigint;
    productos_ bigint;
    pedidos_ bigint;
BEGIN
    SELECT count(*) INTO usuarios FROM auth_user;
    SELECT count(*) INTO productos_ FROM productos;
    SELECT count(*) INTO pedidos_ FROM pedidos;
    IF usuarios + productos_ > 0 AND COALESCE(current_setting('electro_isla.forzar', true), '') <> 'si' THEN
        RAISE EXCEPTION USING ERRCODE = 'EI001', MESSAGE = format(
            'La base tiene %s usuarios y %s productos, y este paso borra la tienda entera. Usa --force si es lo que quieres.',
            usuarios, productos_);
    END IF;
    RAISE NOTICE USING ERRCODE = 'EI000', MESSAGE = format(
        'Borrados: %s usuarios, %s productos, %s pedidos y todo lo que dependía de ellos, el archivo incluido.',
        usuarios, productos_, pedidos_);
END $$;

DROP TABLE
    cart_items,
    carts,
    detalles_pedido,
    pedidos,
    user_profiles,
    refresh_tokens,
    token_blacklist,
    login_attempts,
    audit_logs,
    cart_audit_logs,
    productos,
    auth_user;

DROP TABLE IF EXISTS
    archivo_reservas,
    archivo_reservas_extra,
    archivo_figuras,
    archivo_ajustes,
    archivo_carritos,
    archivo_movimientos,
    archivo_sesiones,
    archivo_secuencias;
