-- Sign-ins of browsers. Only the SHA-256 of the cookie's token is here, so who reads the table can enter with nothing in it.
-- No foreign key: the old shop may delete a user, and a session of nobody opens nothing.
CREATE TABLE sesiones_web (
    id bigint GENERATED ALWAYS AS IDENTITY,
    huella bytea NOT NULL,
    usuario_id integer NOT NULL,
    created_at timestamptz NOT NULL,
    ultimo_uso timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ip_address inet NOT NULL,
    user_agent text,
    CONSTRAINT sesiones_web_pkey PRIMARY KEY (id),
    CONSTRAINT sesiones_web_huella UNIQUE (huella)
);
CREATE INDEX sesiones_web_usuario ON sesiones_web (usuario_id);
CREATE INDEX sesiones_web_vencen ON sesiones_web (expires_at);

-- What the pages ask by time. BRIN: a few pages for a million rows, and an update next to it stays HOT.
CREATE INDEX reservas_creadas ON stock_reservations USING brin (created_at) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX pedidos_creados ON pedidos USING brin (created_at) WITH (pages_per_range = 16, autosummarize = on);
