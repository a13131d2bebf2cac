-- What several instances share about sign-in, limits and repeated requests.
ALTER TABLE refresh_tokens ADD COLUMN familia varchar(64);
CREATE INDEX refresh_tokens_familia ON refresh_tokens (familia);

CREATE TABLE claves_firma (
    kid varchar(64) NOT NULL,
    clave_publica text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT claves_firma_pkey PRIMARY KEY (kid)
);

CREATE TABLE limites (
    clave varchar(400) NOT NULL,
    ventana_hasta timestamptz NOT NULL,
    cuenta integer NOT NULL,
    CONSTRAINT limites_pkey PRIMARY KEY (clave)
);

CREATE TABLE idempotencia (
    usuario_id integer NOT NULL,
    metodo varchar(10) NOT NULL,
    ruta varchar(300) NOT NULL,
    clave varchar(255) NOT NULL,
    huella bytea NOT NULL,
    estado integer NOT NULL,
    cuerpo bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotencia_pkey PRIMARY KEY (usuario_id, metodo, ruta, clave)
);
CREATE INDEX idempotencia_created_at ON idempotencia (created_at);

DO $$
BEGIN
    IF to_regclass('archivo_sesiones') IS NOT NULL THEN
        UPDATE refresh_tokens t SET familia = a.familia FROM archivo_sesiones a WHERE a.id = t.id;
        DELETE FROM archivo_sesiones;
    END IF;
END $$;

-- The mark of a committed batch: by it the engine finds out what became of a COMMIT whose answer never came.
CREATE TABLE lotes_confirmados (
    id uuid PRIMARY KEY,
    created_at timestamptz NOT NULL
);
