-- Accounts that look after themselves.
-- Links sent by mail: an invitation of a colleague, a new password, another address. Only the SHA-256 of what a link opens with is
-- here. No foreign keys: the old shop may delete a user, and a link of nobody opens nothing.
CREATE TABLE enlaces_cuenta (
    id bigint GENERATED ALWAYS AS IDENTITY,
    proposito varchar(12) NOT NULL,
    huella bytea NOT NULL,
    usuario_id integer,
    email varchar(254) NOT NULL,
    rol varchar(20),
    creado_por integer NOT NULL,
    created_at timestamptz NOT NULL,
    enviado_at timestamptz NOT NULL,
    vence timestamptz NOT NULL,
    envios integer NOT NULL,
    fin varchar(12),
    fin_at timestamptz,
    CONSTRAINT enlaces_cuenta_pkey PRIMARY KEY (id),
    CONSTRAINT enlaces_cuenta_huella UNIQUE (huella),
    CONSTRAINT enlaces_cuenta_proposito CHECK (proposito IN ('invitacion', 'clave', 'correo')),
    CONSTRAINT enlaces_cuenta_fin CHECK (fin IN ('usado', 'revocado', 'reemplazado'))
);
CREATE INDEX enlaces_cuenta_usuario ON enlaces_cuenta (usuario_id);
CREATE INDEX enlaces_cuenta_vencen ON enlaces_cuenta (vence);
CREATE INDEX enlaces_cuenta_invitaciones ON enlaces_cuenta (id) WHERE proposito = 'invitacion' AND fin IS NULL;

-- A person's addresses, one of them the first choice, and what was typed at a payment that came to nothing.
CREATE TABLE direcciones (
    id bigint GENERATED ALWAYS AS IDENTITY,
    usuario_id integer NOT NULL,
    nombre varchar(60) NOT NULL,
    direccion varchar(500) NOT NULL,
    telefono varchar(20) NOT NULL,
    principal boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT direcciones_pkey PRIMARY KEY (id),
    CONSTRAINT direcciones_se_van_con_la_persona FOREIGN KEY (usuario_id) REFERENCES auth_user (id) ON DELETE CASCADE
);
CREATE INDEX direcciones_usuario ON direcciones (usuario_id, id);
CREATE UNIQUE INDEX direcciones_principal ON direcciones (usuario_id) WHERE principal;

CREATE TABLE entregas_escritas (
    usuario_id integer NOT NULL,
    metodo_pago varchar(20) NOT NULL,
    direccion varchar(500) NOT NULL,
    telefono varchar(20) NOT NULL,
    notas varchar(2000) NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT entregas_escritas_pkey PRIMARY KEY (usuario_id),
    CONSTRAINT entregas_escritas_se_van_con_la_persona FOREIGN KEY (usuario_id) REFERENCES auth_user (id) ON DELETE CASCADE
);
CREATE INDEX entregas_escritas_antiguas ON entregas_escritas (updated_at);

-- Second factors. The secret is encrypted with a key that is not in the database; ultimo_paso is the last half minute whose code was
-- used, so that none is good twice.
CREATE TABLE segundos_factores (
    usuario_id integer NOT NULL,
    secreto bytea NOT NULL,
    activado_at timestamptz NOT NULL,
    ultimo_paso bigint NOT NULL,
    CONSTRAINT segundos_factores_pkey PRIMARY KEY (usuario_id),
    CONSTRAINT segundos_factores_se_van_con_la_persona FOREIGN KEY (usuario_id) REFERENCES auth_user (id) ON DELETE CASCADE
);
CREATE TABLE codigos_de_respaldo (
    usuario_id integer NOT NULL,
    huella bytea NOT NULL,
    usado_at timestamptz,
    CONSTRAINT codigos_de_respaldo_pkey PRIMARY KEY (usuario_id, huella),
    CONSTRAINT codigos_de_respaldo_se_van_con_la_persona FOREIGN KEY (usuario_id) REFERENCES auth_user (id) ON DELETE CASCADE
);

-- What the admins decided for all accounts.
CREATE TABLE ajustes_cuentas (
    nombre varchar(50) NOT NULL,
    valor varchar(200) NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT ajustes_cuentas_pkey PRIMARY KEY (nombre)
);

-- What an earlier step back kept, as far as its people are still there.
DO $$
BEGIN
    IF to_regclass('archivo_direcciones') IS NOT NULL THEN
        INSERT INTO direcciones (usuario_id, nombre, direccion, telefono, principal, created_at, updated_at)
            SELECT a.usuario_id, a.nombre, a.direccion, a.telefono, a.principal, a.created_at, a.updated_at
              FROM archivo_direcciones a JOIN auth_user u ON u.id = a.usuario_id ORDER BY a.id;
        DROP TABLE archivo_direcciones;
    END IF;
    IF to_regclass('archivo_segundos_factores') IS NOT NULL THEN
        INSERT INTO segundos_factores (usuario_id, secreto, activado_at, ultimo_paso)
            SELECT a.usuario_id, a.secreto, a.activado_at, a.ultimo_paso
              FROM archivo_segundos_factores a JOIN auth_user u ON u.id = a.usuario_id;
        DROP TABLE archivo_segundos_factores;
    END IF;
    IF to_regclass('archivo_codigos_de_respaldo') IS NOT NULL THEN
        INSERT INTO codigos_de_respaldo (usuario_id, huella, usado_at)
            SELECT a.usuario_id, a.huella, a.usado_at
              FROM archivo_codigos_de_respaldo a JOIN auth_user u ON u.id = a.usuario_id;
        DROP TABLE archivo_codigos_de_respaldo;
    END IF;
    IF to_regclass('archivo_ajustes_cuentas') IS NOT NULL THEN
        INSERT INTO ajustes_cuentas (nombre, valor, updated_at)
            SELECT nombre, valor, updated_at FROM archivo_ajustes_cuentas;
        DROP TABLE archivo_ajustes_cuentas;
    END IF;
END $$;
