package com.electroisla.database.embedded;

import static com.electroisla.database.embedded.EmbeddedHome.ask;
import static com.electroisla.database.embedded.EmbeddedHome.tell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shop's role is no superuser in a home with its own PostgreSQL; nor in a home that an older release made. */
class ShopRoleIT {
    /** Objects that still belong to the superuser, apart from those of extensions. */
    private static final String OTHERS = """
            SELECT count(*) FROM (
                SELECT 'pg_class'::regclass AS clase, oid, relowner AS owner FROM pg_class
                UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
                UNION ALL SELECT 'pg_type'::regclass, oid, typowner FROM pg_type
                UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace
                UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgowner FROM pg_ts_config
                UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictowner FROM pg_ts_dict
                UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxowner FROM pg_statistic_ext) cosas
             WHERE oid >= 16384 AND owner = 'electro_isla'::regrole
               AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = clase AND e.objid = cosas.oid
                   AND e.deptype = 'e')
            """;

    private static EmbeddedHome home;

    @BeforeAll
    static void make_a_home() throws Exception {
        home = EmbeddedHome.withPrograms();
    }

    @AfterAll
    static void remove_the_home() throws Exception {
        home.close();
    }

    @Test
    void the_shop_is_no_superuser_and_may_do_all_that_a_shop_does() throws Exception {
        try (var attachment = home.attach()) {
            JdbcTarget shop = attachment.target();
            assertEquals(
                    "f",
                    ask(
                            shop,
                            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM "
                                    + "pg_roles WHERE rolname = current_user"));
            assertEquals("t", ask(shop, "SELECT has_parameter_privilege('session_replication_role', 'SET')"));
            assertEquals(
                    "42501",
                    assertThrows(SQLException.class, () -> tell(shop, "COPY (SELECT 1) TO PROGRAM 'cat'"))
                            .getSQLState());
            assertEquals(
                    "42501",
                    assertThrows(SQLException.class, () -> ask(shop, "SELECT pg_read_file('PG_VERSION')"))
                            .getSQLState());
            assertNotEquals(
                    shop.password(), attachment.maintenance("electro_isla").password());
            assertEquals(
                    "rw-------",
                    java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.root().resolve("datos/clave-tienda"))));
            migrate(shop, Target.LATEST);
            assertEquals("0", ask(shop, OTHERS));
            migrate(shop, new Target.Zero());
            tell(shop, "DROP SCHEMA public CASCADE");
            tell(shop, "CREATE SCHEMA public");
        }
    }

    private static void migrate(JdbcTarget shop, Target target) {
        try (Database database = new Database(shop, 2)) {
            assertTrue(new Migrations(database).migrateTo(target, true, _ -> {}) instanceof MigrationOutcome.Done);
        }
    }

    @Test
    void a_home_whose_shop_was_the_superuser_is_converted_when_its_server_starts_with_all_that_is_in_it()
            throws Exception {
        Path password = home.root().resolve("datos/clave-tienda");
        try (var attachment = home.attach()) {
            JdbcTarget superuser = attachment.maintenance("electro_isla");
            for (String statement : List.of(
                    "REASSIGN OWNED BY tienda TO electro_isla",
                    "DROP OWNED BY tienda",
                    "DROP ROLE tienda",
                    "DROP SCHEMA IF EXISTS public CASCADE",
                    "CREATE SCHEMA public",
                    "ALTER DATABASE electro_isla OWNER TO electro_isla")) {
                tell(superuser, statement);
            }
            migrate(superuser, Target.LATEST);
            for (String statement : List.of(
                    "CREATE SCHEMA suyo",
                    "CREATE TYPE suyo.color AS ENUM ('rojo')",
                    "CREATE SEQUENCE suyo.turnos",
                    "CREATE TABLE suyo.notas (id bigint GENERATED ALWAYS AS IDENTITY, n serial, c suyo.color) "
                            + "PARTITION BY RANGE (id)",
                    "CREATE VIEW suyo.vista AS SELECT id FROM suyo.notas",
                    "CREATE MATERIALIZED VIEW suyo.foto AS SELECT id FROM suyo.notas",
                    "CREATE FUNCTION suyo.uno() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                    "CREATE PROCEDURE suyo.nada() LANGUAGE sql AS ''",
                    "CREATE DOMAIN suyo.corto AS text",
                    "CREATE STATISTICS suyo.juntos ON id, n FROM suyo.notas",
                    "CREATE EXTENSION pg_trgm SCHEMA suyo",
                    "GRANT SELECT ON productos TO PUBLIC")) {
                tell(superuser, statement);
            }
            Files.delete(password);
            assertEquals(
                    "electro_isla",
                    attachment.target().user(),
                    "an older program's server that is running is used as it was");
        }

        try (var attachment = home.attach()) {
            JdbcTarget shop = attachment.target();
            assertEquals("tienda", shop.user());
            assertTrue(Files.exists(password));
            assertEquals("f", ask(shop, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"));
            assertEquals("0", ask(shop, OTHERS));
            tell(shop, "ALTER TABLE productos ADD prueba int");
            tell(shop, "ALTER TABLE productos DROP prueba");
            migrate(shop, new Target.Zero());
        }
        assertFalse(home.serverRuns());
    }
}
