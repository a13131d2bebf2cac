package com.electroisla.reservation;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Blanks the addresses and browsers of old holds, as personal data must not be kept for ever; the hold itself stays.
 *
 * <p>The job goes through the reservations once, in the order of their ids, and stores its position; so a round costs
 * as much as the holds that became old since the last one, and a new hold costs nothing more. Locks reservations in id
 * order and nothing else.
 */
public final class ForgetOrigins {
    private ForgetOrigins() {}

    /**
     * Blanks one batch.
     *
     * @return how many holds it passed, at most {@code most}; 0 when the next one is younger, or another instance is
     *     running it
     */
    public static int of(Handle handle, Instant before, int most) {
        Optional<Long> after = OriginSql.lockProgress(handle);
        if (after.isEmpty()) {
            return 0;
        }
        Optional<OriginSql.Piece> piece = OriginSql.nextOlderThan(handle, after.get(), before, most);
        piece.ifPresent(found -> {
            OriginSql.blank(handle, after.get(), found.last());
            OriginSql.setProgress(handle, found.last());
        });
        return piece.map(OriginSql.Piece::count).orElse(0);
    }

    /** Whether the user has a hold that has not ended. */
    public static boolean hasPending(Handle handle, int userId) {
        return OriginSql.hasPending(handle, userId);
    }

    /** Blanks those of one user's past holds, since the account is deleted; the caller holds the user's cart. */
    public static void ofUser(Handle handle, int userId) {
        OriginSql.blankOf(handle, userId);
    }
}
