package com.electroisla.admin;

import com.electroisla.database.Fragment;
import com.electroisla.database.Jsonb;
import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The statements of the log of changes. */
final class ChangeLogSql {
    /** The old shop has words of their own for a new role and for the two states of an account; ours are edits. */
    private static final String ACTION = """
            CASE WHEN a.accion = 'editar' AND a.modulo = 'usuario' THEN
                CASE WHEN a.detalles -> 'despues' ->> 'rol' IS NOT NULL THEN 'cambiar_rol'
                     WHEN a.detalles -> 'despues' ->> 'is_active' = 'true' THEN 'activar'
                     WHEN a.detalles -> 'despues' ->> 'is_active' = 'false' THEN 'desactivar' ELSE a.accion END
                ELSE a.accion END""";

    private static final String FROM = " FROM audit_logs a LEFT JOIN auth_user u ON u.id = a.usuario_id ";

    private ChangeLogSql() {}

    static Listed<ChangeLog.Change> page(Handle handle, ChangeLog.Filter filter, int limit, long offset) {
        Fragment shown = shown(filter);
        long count = shown.in(handle.createQuery("SELECT count(*)" + FROM + "WHERE <condition>"))
                .mapTo(Long.class)
                .one();
        return new Listed<>(
                count,
                shown.in(handle.createQuery("""
                        SELECT a.id, COALESCE(u.username, '') AS quien,
                               CASE WHEN u.id IS NULL THEN '' ELSE <name> END AS nombre, <action> AS hecho, a.modulo,
                               a.objeto_id, a.objeto_repr, host(a.ip_address) AS ip, a."timestamp" AS cuando,
                               CASE WHEN jsonb_typeof(a.detalles) = 'object' THEN a.detalles
                                    ELSE jsonb_build_object('valor', a.detalles) END - 'imagen_url' AS detalles
                          <from>
                         WHERE <condition>
                         ORDER BY a."timestamp" DESC, a.id DESC LIMIT :limit OFFSET :offset
                        """))
                        .define("name", StaffOrdersSql.NAME.formatted("u"))
                        .define("action", ACTION)
                        .define("from", FROM)
                        .bind("limit", limit)
                        .bind("offset", offset)
                        .map((row, context) -> change(row))
                        .list());
    }

    private static Fragment shown(ChangeLog.Filter filter) {
        Fragment shown = Fragment.of("a.\"timestamp\" >= :from AND a.\"timestamp\" < :until")
                .with("from", Rows.timestamp(filter.period().from()))
                .with("until", Rows.timestamp(filter.period().until()))
                .and(SearchSql.words(
                        "texto_buscable(a.objeto_repr || chr(10) || COALESCE(u.username, ''))",
                        "words",
                        filter.words().text()));
        if (!filter.module().isEmpty()) {
            shown = shown.and("a.modulo = :module").with("module", filter.module());
        }
        if (!filter.action().isEmpty()) {
            shown = shown.and(ACTION + " = :action").with("action", filter.action());
        }
        return shown;
    }

    private static ChangeLog.Change change(ResultSet row) throws SQLException {
        return new ChangeLog.Change(
                row.getLong("id"),
                row.getString("quien"),
                row.getString("nombre"),
                row.getString("hecho"),
                row.getString("modulo"),
                row.getLong("objeto_id"),
                row.getString("objeto_repr"),
                row.getString("ip"),
                Rows.instant(row, "cuando"),
                Jsonb.read(row.getString("detalles"), Map.class));
    }
}
