package com.electroisla.backup;

import static com.electroisla.backup.RoundTripIT.ask;
import static com.electroisla.backup.RoundTripIT.schema;
import static com.electroisla.backup.RoundTripIT.sql;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.JdbcTarget;
import com.electroisla.database.TestPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One object of each kind that a schema can contain: it is restored as it was, or the backup is refused by its name.
 * No object is left out silently.
 */
class EveryKindIT {
    private static final Optional<String> NO_KEY = Optional.empty();

    /** Each object with those it depends on; {@code ROL} is an existing role. */
    private static final List<String> CARRIED = List.of(
            "CREATE TABLE t (id int PRIMARY KEY WITH (fillfactor = 70), nombre text NOT NULL, secreto text, n "
                    + "bigint GENERATED ALWAYS AS IDENTITY, UNIQUE (nombre))",
            "INSERT INTO t (id, nombre) SELECT i, 'n' || i FROM generate_series(1, 20) i",
            "GRANT SELECT (nombre), UPDATE (nombre) ON t TO ROL",
            "GRANT INSERT ON t TO ROL WITH GRANT OPTION",
            "ALTER TABLE t ALTER COLUMN nombre SET (n_distinct = -0.5)",
            "ALTER TABLE t ALTER COLUMN nombre SET STATISTICS 300",
            "ALTER TABLE t ALTER COLUMN secreto SET STORAGE EXTERNAL",
            "CREATE INDEX t_expresion ON t (lower(nombre))",
            "ALTER INDEX t_expresion ALTER COLUMN 1 SET STATISTICS 500",
            "ALTER TABLE t CLUSTER ON t_pkey",
            "CREATE UNLOGGED SEQUENCE contador INCREMENT BY 5 CACHE 3",
            "GRANT USAGE ON SEQUENCE contador TO ROL",
            "CREATE VIEW v WITH (security_barrier) AS SELECT nombre FROM t",
            "GRANT SELECT ON v TO PUBLIC",
            "CREATE MATERIALIZED VIEW m AS SELECT count(*) FROM t WITH NO DATA",
            "CREATE TYPE color AS ENUM ('rojo', 'verde')",
            "REVOKE USAGE ON TYPE color FROM PUBLIC",
            "CREATE DOMAIN texto AS text COLLATE \"C\" CONSTRAINT corto CHECK (length(VALUE) < 9)",
            "GRANT USAGE ON TYPE texto TO ROL WITH GRANT OPTION",
            "CREATE FUNCTION caja() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS "
                    + "'SELECT 1'",
            "REVOKE EXECUTE ON FUNCTION caja() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION caja() TO ROL",
            "CREATE FUNCTION abierta(a int, OUT b int) LANGUAGE sql AS 'SELECT a'",
            "CREATE PROCEDURE tarea(x color) LANGUAGE sql AS 'SELECT 1'",
            "REVOKE ALL ON PROCEDURE tarea(color) FROM PUBLIC",
            "CREATE FUNCTION de_otro() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 2'",
            "ALTER FUNCTION de_otro() OWNER TO ROL",
            "CREATE FUNCTION dispara() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION dispara()",
            "ALTER TABLE t ENABLE ALWAYS TRIGGER g",
            "COMMENT ON TRIGGER g ON t IS 'disparador'",
            "COMMENT ON FUNCTION abierta(int) IS 'función'",
            "COMMENT ON TYPE color IS 'tipo'",
            "COMMENT ON DOMAIN texto IS 'dominio'",
            "COMMENT ON CONSTRAINT corto ON DOMAIN texto IS 'regla de dominio'",
            "COMMENT ON CONSTRAINT t_pkey ON t IS 'clave'",
            "COMMENT ON COLUMN t.nombre IS 'columna'",
            "COMMENT ON SCHEMA public IS 'la tienda'",
            "GRANT USAGE, CREATE ON SCHEMA public TO ROL",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ROL");

    private static final Map<String, List<String>> REFUSED = new LinkedHashMap<>();

    static {
        REFUSED.put("tabla particionada x", List.of("CREATE TABLE x (a int) PARTITION BY LIST (a)"));
        REFUSED.put("tipo compuesto x", List.of("CREATE TYPE x AS (a int)"));
        REFUSED.put("tipo x", List.of("CREATE TYPE x AS RANGE (subtype = int)"));
        REFUSED.put(
                "tabla que hereda de otra x",
                List.of("CREATE TABLE base (a int)", "CREATE TABLE x () INHERITS (base)"));
        REFUSED.put("tabla sin columnas x", List.of("CREATE TABLE x ()"));
        REFUSED.put("tabla de un tipo x", List.of("CREATE TYPE y AS (a int)", "CREATE TABLE x OF y"));
        REFUSED.put(
                "tabla con políticas de filas x",
                List.of("CREATE TABLE x (a int)", "CREATE POLICY y ON x USING (true)"));
        REFUSED.put(
                "regla y de x",
                List.of("CREATE TABLE x (a int)", "CREATE RULE y AS ON DELETE TO x DO INSTEAD NOTHING"));
        REFUSED.put(
                "valor por defecto de la vista x",
                List.of("CREATE VIEW x AS SELECT 1 AS a", "ALTER VIEW x ALTER COLUMN a SET DEFAULT 7"));
        REFUSED.put(
                "clave ajena desactivada en x",
                List.of(
                        "CREATE TABLE y (a int PRIMARY KEY)",
                        "CREATE TABLE x (a int REFERENCES y)",
                        "ALTER TABLE x DISABLE TRIGGER ALL"));
        REFUSED.put(
                "tabla de la publicación PUB_X: x",
                List.of("CREATE TABLE x (a int)", "CREATE PUBLICATION PUB_X FOR TABLE x"));
        REFUSED.put(
                "disparador de eventos EVT_X",
                List.of(
                        "CREATE FUNCTION x() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
                        "CREATE EVENT TRIGGER EVT_X ON ddl_command_end EXECUTE FUNCTION x()"));
        REFUSED.put("agregado x", List.of("CREATE AGGREGATE x(int) (sfunc = int4pl, stype = int)"));
        REFUSED.put(
                "conversión entre tipos cast from x to bigint",
                List.of(
                        "CREATE TYPE x AS ENUM ('a')",
                        "CREATE FUNCTION y(x) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
                        "CREATE CAST (x AS bigint) WITH FUNCTION y(x)"));
        REFUSED.put(
                "operator ",
                List.of(
                        "CREATE FUNCTION x(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                        "CREATE OPERATOR ### (leftarg = int, rightarg = text, function = x)"));
        REFUSED.put("collation x", List.of("CREATE COLLATION x (locale = 'C')"));
        REFUSED.put(
                "statistics object x", List.of("CREATE TABLE y (a int, b int)", "CREATE STATISTICS x ON a, b FROM y"));
        REFUSED.put("text search configuration x", List.of("CREATE TEXT SEARCH CONFIGURATION x (COPY = simple)"));
        REFUSED.put("text search dictionary x", List.of("CREATE TEXT SEARCH DICTIONARY x (template = simple)"));
        REFUSED.put("operator family x", List.of("CREATE OPERATOR FAMILY x USING btree"));
        REFUSED.put("conversion x", List.of("CREATE CONVERSION x FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8"));
        REFUSED.put(
                "dueño sin todos sus permisos: table x",
                List.of("CREATE TABLE x (a int)", "REVOKE DELETE ON x FROM CURRENT_USER"));
        REFUSED.put(
                "dependencia de una extensión: function x()",
                List.of(
                        "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                        "ALTER FUNCTION x() DEPENDS ON EXTENSION plpgsql"));
    }

    @TempDir
    private Path folder;

    private final String role =
            "rol_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private JdbcTarget original;

    @BeforeEach
    void open() throws Exception {
        original = TestPostgres.newDatabase();
        sql(original, "CREATE ROLE " + role);
    }

    @AfterEach
    void close() throws Exception {
        sql(original, "DROP OWNED BY " + role);
        TestPostgres.drop(original);
        JdbcTarget another = TestPostgres.newDatabase();
        sql(another, "DROP ROLE IF EXISTS " + role);
        TestPostgres.drop(another);
    }

    @Test
    void what_can_be_carried_comes_back_as_it_was_with_every_right_on_it() throws Exception {
        makeOneOfEach();
        Path file = folder.resolve("a.eib");
        RoundTripIT.backup(original, file, NO_KEY);
        Schema expected = schema(original);
        JdbcTarget copy = TestPostgres.newDatabase();

        RestoreBackup.Restored restored = RoundTripIT.restore(copy, file, NO_KEY);

        assertEquals(List.of(), restored.remarks());
        assertEquals(expected, schema(copy));
        for (JdbcTarget each : List.of(original, copy)) {
            assertEquals("f", ask(each, "SELECT has_function_privilege('public', 'caja()', 'EXECUTE')"));
            assertEquals("t", ask(each, "SELECT has_function_privilege('%s', 'caja()', 'EXECUTE')".formatted(role)));
            assertEquals("t", ask(each, "SELECT has_function_privilege('public', 'abierta(int)', 'EXECUTE')"));
            assertEquals("f", ask(each, "SELECT has_function_privilege('public', 'tarea(color)', 'EXECUTE')"));
            assertEquals("t", ask(each, "SELECT has_column_privilege('%s', 't', 'nombre', 'SELECT')".formatted(role)));
            assertEquals("f", ask(each, "SELECT has_column_privilege('%s', 't', 'secreto', 'SELECT')".formatted(role)));
            assertEquals(role, ask(each, "SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE proname = 'de_otro'"));
            assertEquals("la tienda", ask(each, "SELECT obj_description('public'::regnamespace)"));
        }
        sql(copy, "DROP OWNED BY " + role);
        TestPostgres.drop(copy);
    }

    @Test
    void over_itself_it_opens_nothing_that_was_closed_whatever_this_server_gives_by_default() throws Exception {
        makeOneOfEach();
        sql(
                original,
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON FUNCTIONS TO " + role,
                "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
        Path file = folder.resolve("a.eib");
        RoundTripIT.backup(original, file, NO_KEY);
        Schema expected = schema(original);

        RoundTripIT.restore(original, file, NO_KEY);

        assertEquals(expected, schema(original));
        assertEquals("f", ask(original, "SELECT has_function_privilege('public', 'caja()', 'EXECUTE')"));
        assertEquals("t", ask(original, "SELECT has_function_privilege('public', 'abierta(int)', 'EXECUTE')"));
        assertEquals("f", ask(original, "SELECT has_table_privilege('%s', 't', 'SELECT')".formatted(role)));
    }

    @Test
    void a_role_that_is_not_on_the_other_server_is_named_with_what_it_had() throws Exception {
        makeOneOfEach();
        Path file = folder.resolve("a.eib");
        RoundTripIT.backup(original, file, NO_KEY);
        sql(original, "DROP OWNED BY " + role, "DROP ROLE " + role);
        JdbcTarget copy = TestPostgres.newDatabase();

        List<String> remarks = RoundTripIT.restore(copy, file, NO_KEY).remarks();

        assertTrue(
                remarks.stream()
                        .anyMatch(
                                remark -> remark.contains(role) && remark.contains("GRANT EXECUTE ON ROUTINE caja()")),
                remarks::toString);
        assertTrue(
                remarks.stream().anyMatch(remark -> remark.contains("GRANT SELECT (nombre) ON TABLE t")),
                remarks::toString);
        assertTrue(
                remarks.stream().anyMatch(remark -> remark.contains("ALTER ROUTINE de_otro() OWNER TO")),
                remarks::toString);
        assertEquals(
                "f",
                ask(copy, "SELECT has_function_privilege('public', 'caja()', 'EXECUTE')"),
                "closed to all the same");
        TestPostgres.drop(copy);
        sql(original, "CREATE ROLE " + role);
    }

    @Test
    void a_view_of_another_schema_that_still_looks_at_what_was_there_before_is_named() throws Exception {
        sql(
                original,
                "CREATE TABLE t (a int)",
                "CREATE SCHEMA informes",
                "CREATE VIEW informes.ventas AS SELECT a FROM t");
        Path file = folder.resolve("a.eib");
        RoundTripIT.backup(original, file, NO_KEY);

        List<String> remarks = RoundTripIT.restore(original, file, NO_KEY).remarks();

        assertEquals(1, remarks.size(), remarks::toString);
        assertTrue(remarks.getFirst().contains("view informes.ventas"), remarks::toString);
    }

    @Test
    void what_cannot_be_carried_is_refused_by_its_name() throws Exception {
        Map<String, String> passed = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> each : REFUSED.entrySet()) {
            JdbcTarget target = TestPostgres.newDatabase();
            String unique = "u" + UUID.randomUUID().toString().substring(0, 8);
            for (String statement : each.getValue()) {
                sql(target, statement.replace("PUB_X", unique + "p").replace("EVT_X", unique + "e"));
            }
            String name = each.getKey().replace("PUB_X", unique + "p").replace("EVT_X", unique + "e");
            String message = assertThrows(
                            BackupRefused.class,
                            () -> RoundTripIT.backup(target, folder.resolve(unique), NO_KEY),
                            each.getKey())
                    .getMessage();
            if (!message.contains(name)) {
                passed.put(each.getKey(), message);
            }
            TestPostgres.discard(target);
        }
        assertEquals(Map.of(), passed);
    }

    private void makeOneOfEach() throws Exception {
        for (String statement : CARRIED) {
            sql(original, statement.replace(" ROL", " " + role));
        }
    }
}
