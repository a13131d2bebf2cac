package com.electroisla.reconciliation;

import com.electroisla.reconciliation.FirstMomentSql.Counted;
import com.electroisla.reconciliation.FirstMomentSql.Witness;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The time when a figure and its rows parted, as narrowly as something tells it.
 *
 * <p>The rows know their past: reservations when they began and ended, movements when they were written. The figure
 * knows only its present, and its past is witnessed: by each event {@code stock.cambiado}, by the adjustments and
 * repairs in the audit log, and by the turns of the reconciliation, in which the product was looked at and found well.
 * Each witness is compared with the rows as of its moment, by bisection, because figures that have parted stay parted
 * until somebody mends them.
 *
 * @param wellUntil the last moment at which the two certainly agreed; null when nothing tells
 * @param wrongSince the first moment at which they certainly differed
 */
record FirstMoment(@Nullable Instant wellUntil, Instant wrongSince) {
    static FirstMoment of(Handle handle, Compared part, Suspicion finding, Instant now) {
        Instant looked = lookedAt(handle, part, finding);
        return switch (finding.aspect()) {
            case RESERVED, SOLD -> {
                long product = finding.id();
                yield between(
                        handle, product, finding.aspect(), FirstMomentSql.witnesses(handle, product), looked, now);
            }
            case LEGACY_STOCK,
                    ORDER_UNITS,
                    ORDER_TOTAL,
                    ORDER_RETURNED,
                    ORDER_REFUNDED,
                    PAYMENT_ORDER,
                    PAYMENT_CHARGES,
                    CHARGE_REFUNDED -> new FirstMoment(looked, now);
        };
    }

    /** When the last complete turn began, if the subject was there already. */
    private static @Nullable Instant lookedAt(Handle handle, Compared part, Suspicion finding) {
        Instant turn = ReconcileSql.turnBefore(handle, part);
        return turn != null && FirstMomentSql.wasThere(handle, part, finding.id(), turn) ? turn : null;
    }

    private static FirstMoment between(
            Handle handle,
            long product,
            Aspect aspect,
            List<Witness> witnesses,
            @Nullable Instant looked,
            Instant now) {
        int well = -1;
        int wrong = witnesses.size();
        while (wrong - well > 1) {
            int middle = (well + wrong) >>> 1;
            if (agrees(handle, product, aspect, witnesses.get(middle))) {
                well = middle;
            } else {
                wrong = middle;
            }
        }
        Instant wellUntil = well < 0 ? null : witnesses.get(well).at();
        Instant wrongSince = wrong < witnesses.size() ? witnesses.get(wrong).at() : now;
        if (looked == null) {
            return new FirstMoment(wellUntil, wrongSince);
        }
        if (wellUntil != null && !looked.isAfter(wellUntil)) {
            return new FirstMoment(wellUntil, wrongSince);
        }
        // A look after the second witness: the figure was mended, and parted again.
        return new FirstMoment(looked, looked.isAfter(wrongSince) ? now : wrongSince);
    }

    private static boolean agrees(Handle handle, long product, Aspect aspect, Witness witness) {
        Counted counted = FirstMomentSql.asOf(handle, product, witness.at());
        return aspect == Aspect.SOLD
                ? witness.sold() == counted.sold()
                : witness.reserved() >= counted.reserved()
                        && witness.reserved() <= counted.reserved() + counted.perhapsReserved();
    }
}
