-- The salt with which instances derive the shop's secret from the password of DATABASE_URL, and the fingerprint of the secret of
-- the instance that started last, by which one that has another is told. Where a server has run before, it may run on beside a
-- newer one for a while, and knows no salt: until vale_desde all make their hashes as it does.
CREATE TABLE secreto_tienda (
    unica boolean NOT NULL DEFAULT true,
    sal bytea NOT NULL,
    vale_desde timestamptz NOT NULL,
    huella bytea,
    huella_at timestamptz,
    CONSTRAINT secreto_tienda_pkey PRIMARY KEY (unica),
    CONSTRAINT secreto_tienda_una_fila CHECK (unica)
);
INSERT INTO secreto_tienda (sal, vale_desde)
SELECT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
       CASE WHEN EXISTS (SELECT FROM claves_firma) THEN now() + interval '1 day' ELSE now() END;
