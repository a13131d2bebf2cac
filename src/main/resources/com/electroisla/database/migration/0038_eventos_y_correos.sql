-- Events, written in the transaction that they tell of, for whoever listens. One is looked for by its being undelivered and not by a
-- position, so that an event whose transaction commits late is not passed over.
CREATE TABLE eventos (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tipo varchar(50) NOT NULL,
    sujeto varchar(100) NOT NULL,
    datos jsonb NOT NULL,
    ocurrido_at timestamptz NOT NULL,
    aplazado_at timestamptz,
    repartido_at timestamptz,
    CONSTRAINT eventos_pkey PRIMARY KEY (id)
);
CREATE INDEX eventos_por_repartir ON eventos (id) WHERE repartido_at IS NULL;
CREATE INDEX eventos_por_repartir_sujeto ON eventos (sujeto, id) WHERE repartido_at IS NULL;

-- Letters to people. A code stands in its letter only until the letter has left or is of no use any more.
CREATE TABLE correos (
    id bigint GENERATED ALWAYS AS IDENTITY,
    clave varchar(200) NOT NULL,
    tipo varchar(50) NOT NULL,
    para varchar(254) NOT NULL,
    idioma varchar(2) NOT NULL,
    valores jsonb NOT NULL,
    estado varchar(20) NOT NULL DEFAULT 'pendiente',
    created_at timestamptz NOT NULL,
    caduca_at timestamptz NOT NULL,
    siguiente_at timestamptz NOT NULL,
    intentos integer NOT NULL DEFAULT 0,
    enviado_at timestamptz,
    fallo text,
    CONSTRAINT correos_pkey PRIMARY KEY (id),
    CONSTRAINT correos_clave_unica UNIQUE (clave),
    CONSTRAINT correos_estado CHECK (estado IN ('pendiente', 'enviado', 'fallido', 'caducado')),
    CONSTRAINT correos_sin_codigo CHECK (estado = 'pendiente' OR valores -> 'codigo' IS NULL)
);
CREATE INDEX correos_por_enviar ON correos (siguiente_at) WHERE estado = 'pendiente';
CREATE INDEX correos_para ON correos (lower(para), id);
CREATE INDEX correos_por_caducar ON correos (caduca_at) WHERE estado = 'pendiente';
