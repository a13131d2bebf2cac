-- The old front end's form sends the free units back with every other field, as its list showed them. The list remembers for a day every
-- number that it showed to whom, so that only another number is a wish. No foreign keys: the old shop may delete what these rows point at.
CREATE TABLE existencias_mostradas (
    usuario_id integer NOT NULL,
    producto_id bigint NOT NULL,
    disponible integer NOT NULL,
    mostrado_at timestamptz NOT NULL,
    CONSTRAINT existencias_mostradas_pkey PRIMARY KEY (usuario_id, producto_id, disponible)
);
CREATE INDEX existencias_mostradas_mostrado_at ON existencias_mostradas (mostrado_at);

-- Its dashboard asks every three seconds how many accounts and products there are and how many of them are new. Neither index holds a
-- column that a sale or a login changes.
CREATE INDEX auth_user_alta ON auth_user (date_joined, is_active);
CREATE INDEX productos_creados ON productos (created_at, activo);
