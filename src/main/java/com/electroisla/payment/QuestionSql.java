package com.electroisla.payment;

import com.electroisla.database.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Statements on {@code pagos} that decide nothing: which question is whose turn, and keys that are free again. */
public final class QuestionSql {
    private QuestionSql() {}

    /**
     * Claims the questions that are due, for all servers together: about payments that are under way, and about those
     * that ended lately without money, which may still come; the older one is, the more seldom.
     *
     * @param least the time between two questions about one payment
     * @param longest how old a payment is about which nobody asks any more
     */
    public static List<Payment> claim(Handle handle, Instant now, Duration least, Duration longest, int most) {
        return handle.createQuery("""
                        UPDATE pagos p SET preguntado_at = :now
                         WHERE p.id = ANY(ARRAY(
                                SELECT id FROM pagos
                                 WHERE estado = 'iniciado' AND creado_at > :oldest
                                   AND COALESCE(preguntado_at, creado_at) <= :notSince
                                   AND (vence > :now OR url IS NOT NULL
                                        AND COALESCE(preguntado_at, creado_at)
                                            + (CAST(:now AS timestamptz) - creado_at) / 10 <= :now)
                                 ORDER BY vence LIMIT :most FOR NO KEY UPDATE SKIP LOCKED)
                            || ARRAY(
                                SELECT id FROM pagos
                                 WHERE estado IN ('rechazado', 'vencido', 'cancelado') AND creado_at > :oldest
                                   AND url IS NOT NULL AND COALESCE(preguntado_at, creado_at) <= :notSince
                                   AND COALESCE(preguntado_at, creado_at) + (CAST(:now AS timestamptz) - creado_at) / 10
                                       <= :now
                                 ORDER BY creado_at DESC LIMIT :most FOR NO KEY UPDATE SKIP LOCKED))
                        RETURNING\s""" + PaymentSql.COLUMNS)
                .bind("now", Rows.timestamp(now))
                .bind("notSince", Rows.timestamp(now.minus(least)))
                .bind("oldest", Rows.timestamp(now.minus(longest)))
                .bind("most", most)
                .map((row, context) -> PaymentSql.payment(row))
                .list();
    }

    /** Frees the key of a payment that its provider never began. */
    public static void freeKey(Handle handle, long payment) {
        handle.createUpdate("""
                        UPDATE pagos SET clave = NULL WHERE id = :payment AND estado = 'rechazado' AND url IS NULL
                        """).bind("payment", payment).execute();
    }
}
