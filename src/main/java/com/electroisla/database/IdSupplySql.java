package com.electroisla.database;

import java.util.List;
import org.jdbi.v3.core.Handle;

final class IdSupplySql {
    private IdSupplySql() {}

    static List<IdSupply> all(Handle handle) {
        return handle.createQuery("""
                        SELECT t.relname || '.' || a.attname AS columna,
                               COALESCE(pg_catalog.pg_sequence_last_value(s.seqrelid), 0) AS usado,
                               LEAST(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype
                                                               THEN 2147483647
                                                               ELSE 9223372036854775807 END) AS tope
                          FROM pg_catalog.pg_sequence s
                          JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass
                               AND d.objid = s.seqrelid
                               AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
                                   AND d.deptype IN ('a', 'i')
                          JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
                          JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
                         WHERE t.relnamespace = current_schema()::regnamespace
                         ORDER BY COALESCE(pg_catalog.pg_sequence_last_value(s.seqrelid), 0)::float8
                                  / LEAST(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype
                                                                    THEN 2147483647
                                                                    ELSE 9223372036854775807 END) DESC, 1
                        """)
                .map((row, context) ->
                        new IdSupply(row.getString("columna"), row.getLong("usado"), row.getLong("tope")))
                .list();
    }
}
