package com.electroisla.admin;

import com.electroisla.database.Rows;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The statement of the dashboard; two indexes have all that it reads of accounts and products. Guests don't count. */
final class DashboardSql {
    private DashboardSql() {}

    static Dashboard.Counts counts(Handle handle, Period period, Instant week) {
        return handle.createQuery("""
                        SELECT u.todas - g.todos AS todas, u.activas - g.activos AS activas,
                               (SELECT count(*) FROM auth_user WHERE date_joined >= :week)
                                   - (SELECT count(*) FROM invitados WHERE created_at >= :week) AS nuevas,
                               p.todos, p.activos,
                               (SELECT count(*) FROM productos WHERE created_at >= :week) AS nuevos
                          FROM (SELECT count(*) AS todas, count(*) FILTER (WHERE is_active) AS activas FROM auth_user
                                 WHERE date_joined >= :from AND date_joined < :until) u,
                               (SELECT count(*) AS todos,
                                       count(*) FILTER (WHERE email IS NOT NULL OR cerrado_at IS NULL) AS activos
                                  FROM invitados WHERE created_at >= :from AND created_at < :until) g,
                               (SELECT count(*) AS todos, count(*) FILTER (WHERE activo) AS activos FROM productos
                                 WHERE created_at >= :from AND created_at < :until) p
                        """)
                .bind("from", Rows.timestamp(period.from()))
                .bind("until", Rows.timestamp(period.until()))
                .bind("week", Rows.timestamp(week))
                .map((row, context) -> new Dashboard.Counts(
                        new Dashboard.Count(row.getLong("todas"), row.getLong("activas"), row.getLong("nuevas")),
                        new Dashboard.Count(row.getLong("todos"), row.getLong("activos"), row.getLong("nuevos"))))
                .one();
    }
}
