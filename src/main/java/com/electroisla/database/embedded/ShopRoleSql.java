package com.electroisla.database.embedded;

import com.electroisla.database.JdbcTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The role as which the shop uses its database: it owns the shop's database and all in it, and is no superuser, so
 * that a hole in the shop does not open the machine. PostgreSQL's first role, which must be a superuser, is for
 * maintenance only.
 *
 * <p>Invariant: the role's password is in the data folder once the role has all that it needs, and not before. A home
 * made by an older release, with the superuser only, gets the role when its server starts, in one transaction.
 */
final class ShopRoleSql {
    static final String NAME = "tienda";

    private static final String MAKE = """
            CREATE ROLE tienda LOGIN PASSWORD '%s';

            GRANT SET ON PARAMETER session_replication_role TO tienda;

            CREATE DATABASE electro_isla OWNER tienda;

            """;

    /** Reassigns the shop's objects. Objects of an extension stay with it; PostgreSQL's own have lower object ids. */
    private static final String CONVERT = """
            DO $$
            DECLARE
                change text;
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tienda') THEN
                    CREATE ROLE tienda;
                END IF;
                ALTER ROLE tienda LOGIN NOSUPERUSER PASSWORD '%s';
                GRANT SET ON PARAMETER session_replication_role TO tienda;
                ALTER DATABASE electro_isla OWNER TO tienda;
                FOR change IN
                    WITH propias AS (
                        SELECT 1 AS turno, 'pg_namespace'::regclass AS clase, oid,
                               format('SCHEMA %%I', nspname) AS cosa, nspowner AS owner
                          FROM pg_namespace
                        UNION ALL
                        SELECT 2, 'pg_class'::regclass, c.oid, format('TABLE %%I.%%I', n.nspname, relname), relowner
                          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                         WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
                            OR relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend d
                                   WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                                     AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
                        UNION ALL
                        SELECT 3, 'pg_proc'::regclass, oid, format('ROUTINE %%s', oid::regprocedure), proowner
                          FROM pg_proc
                        UNION ALL
                        SELECT 4, 'pg_type'::regclass, t.oid, format('TYPE %%s', t.oid::regtype), typowner
                          FROM pg_type t LEFT JOIN pg_class c ON c.oid = typrelid
                         WHERE typtype IN ('e', 'd', 'r') OR typtype = 'c' AND c.relkind = 'c'
                        UNION ALL
                        SELECT 5, 'pg_ts_dict'::regclass, oid, format('TEXT SEARCH DICTIONARY %%s', oid::regdictionary),
                               dictowner FROM pg_ts_dict
                        UNION ALL
                        SELECT 6, 'pg_ts_config'::regclass, oid,
                               format('TEXT SEARCH CONFIGURATION %%s', oid::regconfig), cfgowner FROM pg_ts_config
                        UNION ALL
                        SELECT 7, 'pg_collation'::regclass, c.oid, format('COLLATION %%I.%%I', nspname, collname),
                               collowner
                          FROM pg_collation c JOIN pg_namespace n ON n.oid = collnamespace
                        UNION ALL
                        SELECT 8, 'pg_statistic_ext'::regclass, s.oid, format('STATISTICS %%I.%%I', nspname, stxname),
                               stxowner
                          FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = stxnamespace
                        UNION ALL
                        SELECT 9, 'pg_largeobject_metadata'::regclass, oid, format('LARGE OBJECT %%s', oid), lomowner
                          FROM pg_largeobject_metadata)
                    SELECT format('ALTER %%s OWNER TO tienda', cosa) FROM propias p
                     WHERE oid >= 16384 AND owner = 'electro_isla'::regrole
                       AND NOT EXISTS (SELECT FROM pg_depend d
                                                WHERE d.classid = p.clase AND d.objid = p.oid AND d.deptype = 'e')
                     ORDER BY turno, oid
                LOOP
                    EXECUTE change;
                END LOOP;
            END
            $$
            """;

    private ShopRoleSql() {}

    /**
     * The statements for a new data folder, before anybody can connect: the role and its database; a blank line ends
     * each statement.
     */
    static String make(String password) {
        return MAKE.formatted(password);
    }

    /**
     * Converts a data folder whose database still belongs to the superuser: makes the role and gives it all objects of
     * the shop.
     */
    static void convert(JdbcTarget maintenance, String password) throws SQLException {
        try (Connection connection = maintenance.connect(Map.of("options", "-c lock_timeout=30s"));
                Statement statement = connection.createStatement()) {
            statement.execute(CONVERT.formatted(password));
        }
    }
}
