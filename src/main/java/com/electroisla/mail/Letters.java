package com.electroisla.mail;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes letters, in the caller's transaction; they are sent after its commit. */
public final class Letters {
    /**
     * The condition that a letter {@code c} is about an order, a payment or a hold that is not {@code :userId}'s. An
     * address alone says little: anybody opens an account with a guest's, and must neither see nor delete the guest's
     * letters.
     */
    public static final String OF_ANOTHER = """
            CASE WHEN c.tipo LIKE 'pedido%' OR c.tipo LIKE 'reembolso%' AND c.valores ->> 'pedido' IS NOT NULL
                 THEN EXISTS (SELECT FROM pedidos o
                               WHERE o.id = CAST(c.valores ->> 'pedido' AS bigint) AND o.usuario_id <> :userId)
                 WHEN c.tipo LIKE 'reembolso%'
                 THEN EXISTS (SELECT FROM pagos p
                               WHERE p.id = CAST(c.valores ->> 'pago_numero' AS bigint) AND p.usuario_id <> :userId)
                 WHEN c.tipo = 'reserva_liberada'
                 THEN EXISTS (SELECT FROM stock_reservations r
                               WHERE r.id = CAST(substring(c.clave from '/([0-9]+)$') AS bigint)
                                 AND r.usuario_id <> :userId)
                 ELSE false END""";

    private Letters() {}

    /** @return false when a letter with this key is there already, which stays as it is */
    public static boolean write(Handle handle, Letter letter, Instant now) {
        return LetterSql.insert(handle, List.of(letter), now) == 1;
    }

    static void write(Handle handle, List<Letter> letters, Instant now) {
        if (!letters.isEmpty()) {
            LetterSql.insert(handle, letters, now);
        }
    }

    /** Stops letters that have not left yet and whose key begins so: their code was used, or replaced by another. */
    public static void cancelCodes(Handle handle, String keyPrefix, Instant now) {
        LetterSql.cancel(handle, keyPrefix, now);
    }

    /**
     * Holds back every letter that has not left, where there are letters: those of a backup that was restored.
     *
     * @return how many are held
     */
    public static int holdBack(Handle handle) {
        return LetterSql.isThere(handle) ? LetterSql.holdBack(handle) : 0;
    }

    /** Ends letters whose time is over, and blanks their codes. */
    public static int endLapsed(Handle handle, Instant now, int most) {
        return LetterSql.endLapsed(handle, now, most);
    }

    /** Deletes the oldest letters that were written before the instant and wait for nothing any more. */
    public static int deleteBefore(Handle handle, Instant instant, int most) {
        return LetterSql.deleteBefore(handle, instant, most);
    }

    /** Deletes the letters to a user whose account is deleted; not those about somebody else's orders. */
    public static void forget(Handle handle, String recipient, int userId) {
        LetterSql.forget(handle, recipient, userId);
    }
}
