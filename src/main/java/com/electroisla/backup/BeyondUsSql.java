package com.electroisla.backup;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds the objects of a schema that a backup cannot keep. Each is named and the backup refused, because an incomplete
 * backup would be worth nothing.
 *
 * <p>PostgreSQL itself makes the list complete: its catalog {@code pg_depend} records that every object in a schema
 * depends on the schema. So an object of a kind that neither this class nor {@link SchemaSql} knows is found there,
 * even in a future version.
 */
final class BeyondUsSql {
    private BeyondUsSql() {}

    static List<String> of(Handle handle, String schema) {
        return handle.createQuery("""
                WITH esquema AS (SELECT oid AS espacio FROM pg_namespace WHERE nspname = :schema),
                ajenas AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
                propias AS (SELECT c.* FROM pg_class c JOIN esquema e ON e.espacio = c.relnamespace
                    WHERE NOT EXISTS (SELECT FROM ajenas a WHERE a.classid = 'pg_class'::regclass AND a.objid = c.oid)),
                rutinas AS (SELECT p.* FROM pg_proc p JOIN esquema e ON e.espacio = p.pronamespace
                    WHERE NOT EXISTS (SELECT FROM ajenas a WHERE a.classid = 'pg_proc'::regclass AND a.objid = p.oid)),
                tipos AS (SELECT t.* FROM pg_type t JOIN esquema e ON e.espacio = t.typnamespace
                    WHERE NOT EXISTS (SELECT FROM ajenas a WHERE a.classid = 'pg_type'::regclass AND a.objid = t.oid))
                SELECT format('%s %s', CASE relkind WHEN 'p' THEN 'tabla particionada' WHEN 'f' THEN 'tabla foránea'
                    ELSE 'tipo compuesto' END, relname)
                    FROM propias WHERE relkind IN ('p', 'f', 'c')
                UNION ALL
                SELECT 'tabla que hereda de otra ' || relname FROM propias c
                WHERE EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid) AND relkind = 'r'
                UNION ALL
                SELECT 'tabla sin columnas ' || relname FROM propias WHERE relkind = 'r' AND relnatts = 0
                UNION ALL
                SELECT 'tabla de un tipo ' || relname FROM propias WHERE reloftype <> 0
                UNION ALL
                SELECT format('tabla con el método de acceso %s %s', m.amname, c.relname) FROM propias c
                JOIN pg_am m ON m.oid = c.relam
                    WHERE c.relkind IN ('r', 'm') AND m.amname <> 'heap'
                UNION ALL
                SELECT 'tabla con políticas de filas ' || relname FROM propias c
                    WHERE relrowsecurity OR relforcerowsecurity OR EXISTS (SELECT FROM pg_policy y
                        WHERE y.polrelid = c.oid)
                UNION ALL
                SELECT format('regla %s de %s', r.rulename, c.relname) FROM pg_rewrite r
                JOIN propias c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
                UNION ALL
                SELECT format('valor por defecto de la vista %s', c.relname) FROM propias c
                WHERE c.relkind = 'v' AND EXISTS (SELECT FROM pg_attrdef v WHERE v.adrelid = c.oid)
                UNION ALL
                SELECT format('clave ajena desactivada en %s', c.relname) FROM propias c
                    WHERE EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgisinternal
                        AND g.tgenabled <> 'O')
                UNION ALL
                SELECT format('tabla de la publicación %s: %s', p.pubname, c.relname) FROM pg_publication_rel x
                JOIN pg_publication p ON p.oid = x.prpubid JOIN propias c ON c.oid = x.prrelid
                UNION ALL
                SELECT format('disparador de eventos %s', v.evtname) FROM pg_event_trigger v
                JOIN rutinas p ON p.oid = v.evtfoid
                UNION ALL
                SELECT 'agregado ' || p.proname FROM rutinas p WHERE p.prokind = 'a'
                UNION ALL
                SELECT format('conversión entre tipos %s', pg_describe_object('pg_cast'::regclass, k.oid, 0))
                FROM pg_cast k
                    WHERE NOT EXISTS (SELECT FROM ajenas a WHERE a.classid = 'pg_cast'::regclass AND a.objid = k.oid)
                        AND (k.castfunc IN (SELECT oid FROM rutinas) OR k.castsource IN (SELECT oid
                            FROM tipos) OR k.casttarget IN (SELECT oid FROM tipos))
                UNION ALL
                SELECT 'tipo ' || t.typname FROM tipos t WHERE t.typrelid = 0 AND t.typelem = 0
                       AND t.typtype NOT IN ('e', 'd')
                UNION ALL
                SELECT format('etiqueta de seguridad de %s', pg_describe_object(s.classoid, s.objoid, s.objsubid))
                FROM pg_seclabel s
                    WHERE (s.classoid, s.objoid) IN (SELECT 'pg_class'::regclass::oid, oid FROM propias UNION ALL
                        SELECT 'pg_proc'::regclass::oid, oid FROM rutinas
                        UNION ALL SELECT 'pg_type'::regclass::oid, oid FROM tipos)
                UNION ALL
                SELECT format('dependencia de una extensión: %s', pg_describe_object(d.classid, d.objid, d.objsubid))
                FROM pg_depend d
                    WHERE d.deptype = 'x' AND (d.objid IN (SELECT oid FROM propias) OR d.objid IN (SELECT oid
                        FROM rutinas)
                        OR d.classid = 'pg_trigger'::regclass AND d.objid IN (SELECT g.oid FROM pg_trigger g
                            JOIN propias c ON c.oid = g.tgrelid))
                UNION ALL
                SELECT format('dueño sin todos sus permisos: %s', w.objeto) FROM (
                    SELECT pg_describe_object('pg_class'::regclass, c.oid, 0), c.relacl,
                        acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner), c.relowner
                        FROM propias c WHERE c.relkind IN ('r', 'v', 'm', 'S')
                    UNION ALL
                    SELECT pg_describe_object('pg_proc'::regclass, p.oid, 0), p.proacl, acldefault('f', p.proowner),
                           p.proowner FROM rutinas p
                    ) AS w (objeto, acl, entera, dueno)
                    WHERE w.acl IS NOT NULL AND EXISTS (SELECT privilege_type FROM aclexplode(w.entera)
                        WHERE grantee = w.dueno
                        EXCEPT SELECT privilege_type FROM aclexplode(w.acl) WHERE grantee = w.dueno)
                UNION ALL
                SELECT pg_describe_object(d.classid, d.objid, 0) FROM pg_depend d
                JOIN esquema e ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = e.espacio
                    WHERE d.classid NOT IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass,
                            'pg_constraint'::regclass, 'pg_default_acl'::regclass,
                            'pg_extension'::regclass, 'pg_publication_namespace'::regclass)
                        AND NOT EXISTS (SELECT FROM ajenas a WHERE a.classid = d.classid AND a.objid = d.objid)
                ORDER BY 1""")
                .bind("schema", schema)
                .mapTo(String.class)
                .list();
    }
}
