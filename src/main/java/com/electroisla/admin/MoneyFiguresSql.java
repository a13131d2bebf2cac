package com.electroisla.admin;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The statements of the metrics about money; each reads the newest rows, or those of an index. */
final class MoneyFiguresSql {
    private MoneyFiguresSql() {}

    static Map<String, Long> payments(Handle handle, Instant since, Instant now, int most) {
        Map<String, Long> counts = new HashMap<>();
        handle.createQuery("""
                        SELECT CASE WHEN estado = 'iniciado' AND vence <= :now THEN 'vencido' ELSE estado END AS que,
                               count(*) AS cuantos
                          FROM (SELECT estado, vence, creado_at FROM pagos ORDER BY id DESC LIMIT :most) p
                         WHERE creado_at >= :since GROUP BY 1
                        UNION ALL
                        SELECT 'tarde', count(*)
                          FROM (SELECT resultado, recibido_at FROM cobros ORDER BY id DESC LIMIT :most) c
                         WHERE recibido_at >= :since AND resultado = 'vendido_tarde'
                        """)
                .bind("since", Rows.timestamp(since))
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .map((row, context) -> counts.put(row.getString("que"), row.getLong("cuantos")))
                .list();
        return counts;
    }

    static long unsold(Handle handle, Instant since, Instant now) {
        return handle.createQuery("""
                        SELECT count(*) FROM stock_reservations
                         WHERE created_at >= :since
                           AND (status IN ('expired', 'cancelled') OR status = 'pending' AND expires_at <= :now)
                        """)
                .bind("since", Rows.timestamp(since))
                .bind("now", Rows.timestamp(now))
                .mapTo(Long.class)
                .one();
    }
}
