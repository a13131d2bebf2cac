package com.electroisla.backup;

import com.electroisla.backup.Schema.Grant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The rights on a schema's objects, as statements: on tables, views, sequences, columns, routines, types and the
 * schema itself, the default rights of new objects, the owner of an object where it is not the role that takes the
 * backup, the comment and the tablespaces. A restore runs them last, each by itself: if the server or its roles refuse
 * one, the operator is told, and all else holds.
 *
 * <p>Routines and types may be used by everybody until that right is revoked, so for them a missing right is a
 * statement too.
 */
final class RightsSql {
    private RightsSql() {}

    static List<Grant> of(Handle handle, String schema) {
        return handle.createQuery("""
                WITH propias AS (
                    SELECT c.oid, 'pg_class'::regclass AS clase, 1 AS grupo,
                            c.relname::text AS nombre, CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS cosa,
                            format('%I', c.relname) AS objeto, '' AS columna, c.relacl AS acl, c.relowner AS dueno
                        FROM pg_class c WHERE c.relnamespace = to_regnamespace(:schema)
                            AND c.relkind IN ('r', 'v', 'm', 'S')
                    UNION ALL
                    SELECT c.oid, 'pg_class'::regclass, 2, c.relname::text, 'TABLE', format('%I', c.relname),
                        format(' (%I)', a.attname), a.attacl, c.relowner
                        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                            AND NOT a.attisdropped
                        WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind IN ('r', 'v', 'm')
                            AND a.attacl IS NOT NULL
                    UNION ALL
                    SELECT p.oid, 'pg_proc'::regclass, 3, p.proname::text, 'ROUTINE',
                        format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)), '', p.proacl, p.proowner
                        FROM pg_proc p WHERE p.pronamespace = to_regnamespace(:schema)
                    UNION ALL
                    SELECT t.oid, 'pg_type'::regclass, 4, t.typname::text, CASE t.typtype WHEN 'd' THEN 'DOMAIN'
                        ELSE 'TYPE' END, format('%I', t.typname), '', t.typacl, t.typowner
                        FROM pg_type t WHERE t.typnamespace = to_regnamespace(:schema) AND t.typtype IN ('e', 'd')
                    UNION ALL
                    SELECT n.oid, 'pg_namespace'::regclass, 5, n.nspname::text, 'SCHEMA', format('%I', n.nspname), '',
                        n.nspacl, n.nspowner
                        FROM pg_namespace n WHERE n.nspname = :schema
                ), nuestras AS (
                    SELECT * FROM propias p WHERE NOT EXISTS (SELECT FROM pg_depend d
                           WHERE d.classid = p.clase AND d.objid = p.oid AND d.deptype = 'e')
                ), ordenes (rol, orden, n, nombre) AS (
                    SELECT '', format('REVOKE ALL ON %s %s FROM PUBLIC', p.cosa, p.objeto), 0, p.nombre
                        FROM nuestras p WHERE p.grupo IN (3, 4, 5) AND p.acl IS NOT NULL
                            AND NOT EXISTS (SELECT FROM aclexplode(p.acl) g WHERE g.grantee = 0)
                    UNION ALL
                    SELECT coalesce(r.rolname, ''), format('GRANT %s%s ON %s %s TO %s%s', g.privilege_type, p.columna,
                            p.cosa, p.objeto,
                            CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END, CASE
                                WHEN g.is_grantable THEN ' WITH GRANT OPTION' END), 1, p.nombre
                        FROM nuestras p CROSS JOIN LATERAL aclexplode(p.acl) AS g
                            LEFT JOIN pg_roles r ON r.oid = g.grantee
                        WHERE g.grantee <> p.dueno AND (g.grantee = 0 OR r.rolname IS NOT NULL)
                            AND NOT (g.grantee = 0 AND (p.grupo IN (3, 4) OR p.grupo = 5
                                AND g.privilege_type = 'USAGE'))
                    UNION ALL
                    SELECT r.rolname, format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %s TO %s%s',
                            o.rolname, n.nspname, g.privilege_type,
                            CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f'
                                THEN 'ROUTINES' WHEN 'T' THEN 'TYPES' END,
                            coalesce(quote_ident(r.rolname), 'PUBLIC'), CASE WHEN g.is_grantable
                                THEN ' WITH GRANT OPTION' END), 2, n.nspname
                        FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace AND n.nspname = :schema
                            JOIN pg_roles o ON o.oid = d.defaclrole
                        CROSS JOIN LATERAL aclexplode(d.defaclacl) AS g LEFT JOIN pg_roles r ON r.oid = g.grantee
                    UNION ALL
                    SELECT o.rolname, format('ALTER %s %s OWNER TO %I', p.cosa, p.objeto, o.rolname), 3, p.nombre
                        FROM nuestras p JOIN pg_roles o ON o.oid = p.dueno
                        WHERE p.grupo IN (1, 3, 4) AND o.rolname <> current_user
                            AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE p.cosa = 'SEQUENCE' AND d.classid = 'pg_class'::regclass AND d.objid = p.oid
                                AND d.deptype IN ('a', 'i'))
                    UNION ALL
                    SELECT '', format('COMMENT ON SCHEMA %I IS %L', n.nspname, d.description), 4, n.nspname
                        FROM pg_namespace n JOIN pg_description d ON d.objoid = n.oid
                            AND d.classoid = 'pg_namespace'::regclass
                        WHERE n.nspname = :schema AND d.description <> 'standard public schema'
                    UNION ALL
                    SELECT '', format('ALTER %s %I SET TABLESPACE %I', CASE WHEN c.relkind = 'i' THEN 'INDEX'
                        ELSE 'TABLE' END, c.relname, s.spcname), 5, c.relname
                        FROM pg_class c JOIN pg_tablespace s ON s.oid = c.reltablespace
                            WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind IN ('r', 'm', 'i'))
                SELECT coalesce(rol, ''), orden FROM ordenes ORDER BY n, nombre, orden""")
                .bind("schema", schema)
                .map((row, context) -> new Grant(row.getString(1), row.getString(2)))
                .list();
    }

    /**
     * Revokes the rights that this server's default privileges gave on the objects of a fresh schema: the backup alone
     * says who may do what.
     */
    static void takeBackDefaults(Handle handle, String schema) {
        handle.createQuery("""
                WITH propias AS (
                    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS cosa,
                        format('%I', c.relname) AS objeto, c.relacl AS acl, c.relowner AS dueno
                        FROM pg_class c WHERE c.relnamespace = to_regnamespace(:schema)
                            AND c.relkind IN ('r', 'v', 'm', 'S')
                    UNION ALL
                    SELECT 'ROUTINE', format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)), p.proacl,
                        p.proowner
                        FROM pg_proc p WHERE p.pronamespace = to_regnamespace(:schema)
                    UNION ALL
                    SELECT CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, format('%I', t.typname), t.typacl,
                        t.typowner
                        FROM pg_type t WHERE t.typnamespace = to_regnamespace(:schema) AND t.typtype IN ('e', 'd'))
                SELECT DISTINCT format('REVOKE ALL ON %s %s FROM %s', p.cosa, p.objeto,
                    coalesce(quote_ident(r.rolname), 'PUBLIC')), 1
                    FROM propias p CROSS JOIN LATERAL aclexplode(p.acl) AS g LEFT JOIN pg_roles r ON r.oid = g.grantee
                    WHERE g.grantee <> p.dueno
                UNION ALL
                SELECT format('GRANT %s ON %s %s TO PUBLIC', CASE p.cosa WHEN 'ROUTINE' THEN 'EXECUTE' ELSE 'USAGE' END,
                    p.cosa, p.objeto), 2
                    FROM propias p WHERE p.acl IS NOT NULL AND p.cosa IN ('ROUTINE', 'TYPE', 'DOMAIN')
                ORDER BY 2, 1""")
                .bind("schema", schema)
                .mapTo(String.class)
                .list()
                .forEach(statement -> SchemaSql.run(handle, statement));
    }

    /**
     * Whether the grant's role owns the object now, being the restoring role: the schema then reads back with neither
     * an owner statement nor the owner's own rights.
     */
    static boolean isOwnNow(Handle handle, Grant grant) {
        return handle.createQuery("SELECT current_user")
                        .mapTo(String.class)
                        .one()
                        .equals(grant.role())
                && !grant.statement().startsWith("ALTER DEFAULT");
    }

    /** The objects outside this schema that refer to objects in it, such as {@code view informes.ventas}. */
    static List<String> lookingAt(Handle handle, String schema) {
        return handle.createQuery("""
                SELECT DISTINCT pg_describe_object('pg_class'::regclass, c.oid, 0)
                FROM pg_depend d JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
                JOIN pg_class c ON c.oid = w.ev_class
                JOIN pg_class t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid
                WHERE t.relnamespace = to_regnamespace(:schema) AND c.relnamespace <> t.relnamespace
                UNION
                SELECT pg_describe_object('pg_constraint'::regclass, k.oid, 0)
                FROM pg_constraint k JOIN pg_class t ON t.oid = k.confrelid JOIN pg_class c ON c.oid = k.conrelid
                WHERE t.relnamespace = to_regnamespace(:schema) AND c.relnamespace <> t.relnamespace
                ORDER BY 1""")
                .bind("schema", schema)
                .mapTo(String.class)
                .list();
    }
}
