package com.electroisla.reconciliation;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The past of a product's figures, as far as something has kept it, and that of its rows. */
final class FirstMomentSql {
    private static final int MOST = 10_000;

    private FirstMomentSql() {}

    /** The figures of a product at a moment in the past. */
    record Witness(Instant at, long reserved, long sold) {}

    /**
     * The units that the rows give for a moment in the past.
     *
     * @param perhapsReserved units of holds that ran out shortly before: a sweep may have been behind
     */
    record Counted(long reserved, long perhapsReserved, long sold) {}

    /** Events and audit entries with the product's figures, oldest first; of very many the newest. */
    static List<Witness> witnesses(Handle handle, long product) {
        return handle.createQuery("""
                        SELECT * FROM (
                            SELECT ocurrido_at AS cuando, (datos ->> 'stock_reservado')::bigint AS reservado,
                                   (datos ->> 'stock_vendido')::bigint AS vendido
                              FROM eventos WHERE sujeto = :subject AND tipo = 'stock.cambiado'
                            UNION ALL
                            SELECT "timestamp", (detalles #>> '{despues,stock_reservado}')::bigint,
                                   (detalles #>> '{despues,stock_vendido}')::bigint
                              FROM audit_logs
                             WHERE modulo = 'inventario' AND accion IN ('ajustar', 'reparar')
                               AND objeto_id = (:product % 2147483648)::integer
                               AND COALESCE((detalles ->> 'producto_id')::bigint, :product) = :product
                            ORDER BY 1 DESC LIMIT :most) t
                         WHERE reservado IS NOT NULL AND vendido IS NOT NULL ORDER BY cuando
                        """)
                .bind("subject", "producto/" + product)
                .bind("product", product)
                .bind("most", MOST)
                .map((row, context) ->
                        new Witness(Rows.instant(row, "cuando"), row.getLong("reservado"), row.getLong("vendido")))
                .list();
    }

    /** The rows of a product as of a moment, at which its transactions had been committed. */
    static Counted asOf(Handle handle, long product, Instant at) {
        return handle.createQuery("""
                        WITH suyas AS (
                            SELECT cantidad, created_at, NULL::timestamptz AS vendida, 'infinity'::timestamptz AS fin,
                                   false AS expirada
                              FROM stock_reservations WHERE status = 'pending' AND producto_id = :product
                            UNION ALL
                            SELECT cantidad, created_at, CASE WHEN status = 'confirmed' THEN confirmed_at END,
                                   COALESCE(confirmed_at, cancelled_at, expires_at), status = 'expired'
                              FROM stock_reservations WHERE status <> 'pending' AND producto_id = :product
                        )
                        SELECT COALESCE(sum(cantidad) FILTER (WHERE created_at <= :at AND fin > :at), 0) AS reservado,
                               COALESCE(sum(cantidad) FILTER (WHERE expirada AND created_at <= :at AND fin <= :at
                                   AND fin > CAST(:at AS timestamptz) - interval '10 minutes'), 0) AS quizas,
                               COALESCE(sum(cantidad) FILTER (WHERE vendida <= :at), 0)
                                   + COALESCE((SELECT sum(delta_vendido) FROM movimientos_stock
                                                WHERE producto_id = :product AND created_at <= :at), 0) AS vendido
                          FROM suyas
                        """)
                .bind("product", product)
                .bind("at", Rows.timestamp(at))
                .map((row, context) ->
                        new Counted(row.getLong("reservado"), row.getLong("quizas"), row.getLong("vendido")))
                .one();
    }

    /** Whether the row was there at the moment. */
    static boolean wasThere(Handle handle, Compared part, long id, Instant moment) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM <table> WHERE id = :id AND <began> <= :moment)")
                .define("table", part.table())
                .define("began", part == Compared.PAYMENTS ? "creado_at" : "created_at")
                .bind("id", id)
                .bind("moment", Rows.timestamp(moment))
                .mapTo(boolean.class)
                .one();
    }
}
