-- Codes sent by mail: to confirm a registration, which waits here and is no account yet, and to set a new password. Of a code only a
-- keyed hash is kept; the key is not in the database. An address that nobody may use gets a row too, with a hash that no code has,
-- so that everything afterwards is the same for every address. No foreign keys: the old shop may delete a user.
CREATE TABLE codigos_correo (
    id bigint GENERATED ALWAYS AS IDENTITY,
    proposito varchar(12) NOT NULL,
    direccion text NOT NULL,
    sal varchar(32) NOT NULL,
    huella bytea NOT NULL,
    created_at timestamptz NOT NULL,
    vence timestamptz NOT NULL,
    fallos integer NOT NULL,
    reenvios integer NOT NULL,
    reenviado_at timestamptz,
    usado_at timestamptz,
    usuario_id integer,
    solicitud_antigua bigint,
    username varchar(150),
    email varchar(254),
    first_name varchar(150),
    last_name varchar(150),
    clave varchar(255),
    ip_address inet NOT NULL,
    CONSTRAINT codigos_correo_pkey PRIMARY KEY (id),
    CONSTRAINT codigos_correo_proposito CHECK (proposito IN ('registro', 'recuperacion'))
);
CREATE INDEX codigos_correo_direccion ON codigos_correo (direccion, proposito);
CREATE INDEX codigos_correo_creados ON codigos_correo (created_at);
