package com.electroisla.reservation;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Blanks the addresses and browsers of holds that are old: who bought from where is nobody's business for ever, and the hold
 * itself stays.
 *
 * <p>It walks through the reservations once, in the order of their ids, and remembers how far it came; so a round costs what became
 * old since the last one, and a new hold pays nothing for it. Locks reservations in id order and nothing else.
 */
public final class ForgetOrigins {
    private ForgetOrigins() {}

    /**
     * A piece of the way.
     *
     * @return how many holds it passed, at most {@code most}; 0 when the next one is younger, or another instance is at it
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
}
