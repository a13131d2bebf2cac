-- What a step back keeps for the step forward. No foreign keys: the old shop may delete what these rows point at.
CREATE TABLE IF NOT EXISTS archivo_reservas (
    id bigint PRIMARY KEY,
    cantidad integer NOT NULL,
    status varchar(20) NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    ip_address inet,
    user_agent text,
    producto_id bigint NOT NULL,
    usuario_id integer NOT NULL,
    precio_unitario numeric(10,2),
    checkout_id bigint,
    pedido_id bigint,
    archivado_at timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS archivo_reservas_extra (
    id bigint PRIMARY KEY,
    precio_unitario numeric(10,2),
    checkout_id bigint,
    pedido_id bigint
);
CREATE TABLE IF NOT EXISTS archivo_figuras (
    producto_id bigint PRIMARY KEY,
    stock_total integer NOT NULL,
    stock_reservado integer NOT NULL,
    stock_vendido integer NOT NULL,
    archivado_at timestamptz NOT NULL
);
-- Differences between the archived figures and those found on the way forward; 0020 makes movements of them.
CREATE TABLE IF NOT EXISTS archivo_ajustes (
    producto_id bigint NOT NULL,
    delta_total integer NOT NULL,
    delta_vendido integer NOT NULL
);
CREATE TABLE IF NOT EXISTS archivo_carritos (
    id bigint PRIMARY KEY,
    checkout_id bigint,
    checkout_lineas integer
);
CREATE TABLE IF NOT EXISTS archivo_movimientos (
    id bigint PRIMARY KEY,
    producto_id bigint NOT NULL,
    tipo varchar(20) NOT NULL,
    delta_total integer NOT NULL,
    delta_vendido integer NOT NULL,
    motivo text NOT NULL,
    pedido_id bigint,
    usuario_id integer,
    created_at timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS archivo_sesiones (
    id bigint PRIMARY KEY,
    familia varchar(64) NOT NULL
);
-- The highest number each of our own sequences has given.
CREATE TABLE IF NOT EXISTS archivo_secuencias (
    nombre text PRIMARY KEY,
    valor bigint NOT NULL
);
