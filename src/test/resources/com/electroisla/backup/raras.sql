-- One of everything that a backup can keep and the shop does not have.
CREATE TYPE animo AS ENUM ('bien', 'no \ ''muy'' bien');
CREATE DOMAIN positivo AS int DEFAULT 1 NOT NULL CONSTRAINT mas_que_cero CHECK (VALUE > 0);
CREATE SEQUENCE suelta AS smallint INCREMENT BY -2 MAXVALUE 10 MINVALUE -100 START 8 CACHE 3 CYCLE;
CREATE FUNCTION doble(n int) RETURNS int IMMUTABLE LANGUAGE sql RETURN n * 2;
CREATE FUNCTION doble(n text) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RETURN n || ':x' || '?'; END $f$;
CREATE TABLE "Raras ""cosas""" (
    id bigint GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 3) PRIMARY KEY,
    "Con Espacio" text COLLATE "C" DEFAULT 'a;b' CONSTRAINT tiene_algo NOT NULL,
    humor animo,
    cuanto positivo,
    doblado int GENERATED ALWAYS AS (doble(3)) STORED,
    fotos bytea,
    cosas jsonb,
    cuando timestamptz,
    lapso interval,
    real8 float8,
    lista text[],
    borrada int,
    padre bigint,
    EXCLUDE USING gist (int8range(id, id + 1) WITH &&)
) WITH (fillfactor = 70, toast_tuple_target = 256);
ALTER TABLE "Raras ""cosas""" DROP COLUMN borrada,
    ADD CONSTRAINT suyo FOREIGN KEY (padre) REFERENCES "Raras ""cosas""" DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT aun_no CHECK (cuanto < 1000) NOT VALID,
    ALTER COLUMN fotos SET STORAGE EXTERNAL;
CREATE INDEX "Un índice" ON "Raras ""cosas""" (lower("Con Espacio") DESC) WHERE humor = 'bien';
CREATE VIEW vista AS SELECT id, doble(5) AS d FROM "Raras ""cosas""";
CREATE MATERIALIZED VIEW foto AS SELECT count(*) AS n FROM vista;
CREATE FUNCTION avisa() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.cuanto := NEW.cuanto + 1; RETURN NEW; END $$;
CREATE TRIGGER suma BEFORE INSERT ON "Raras ""cosas""" FOR EACH ROW EXECUTE FUNCTION avisa();
CREATE TRIGGER callado BEFORE UPDATE ON "Raras ""cosas""" FOR EACH ROW EXECUTE FUNCTION avisa();
ALTER TABLE "Raras ""cosas""" DISABLE TRIGGER callado;
COMMENT ON COLUMN "Raras ""cosas""".humor IS 'cómo está';
GRANT SELECT ON "Raras ""cosas""" TO PUBLIC;
CREATE TABLE aa_serial (id serial PRIMARY KEY, v varchar(5));
INSERT INTO "Raras ""cosas""" ("Con Espacio", humor, fotos, cosas, cuando, lapso, real8, lista)
    SELECT chr(10) || n || E'\t\\.\r', 'bien', '\x00ff0a', '{"a": [1, "ñ\n"]}', now(), '1 mon 2 days -3.5 sec', 1e-300 / n, ARRAY['{', NULL, '']
    FROM generate_series(1, 50) n;
SELECT nextval('suelta');
REFRESH MATERIALIZED VIEW foto;
