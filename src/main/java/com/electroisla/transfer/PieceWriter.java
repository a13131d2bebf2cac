package com.electroisla.transfer;

import com.electroisla.database.DatabaseClock;
import com.electroisla.database.OutcomeUnknown;
import com.electroisla.database.SqlStates;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.event.StockChange;
import com.electroisla.transfer.PieceSql.Look;
import com.electroisla.transfer.PieceSql.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Writes the pending lines of a compared file in pieces, each a transaction of its own.
 *
 * <p>Invariants: a piece locks its products in id order and waits for none of them, so others wait no longer than one
 * write; products that others have locked are written at the end, each alone, with no other lock held. A line is
 * written only if its product is unchanged since the comparison; otherwise the line is reported and left out.
 */
final class PieceWriter {
    private static final int LINES = 200;
    /** The limit on the wait for all products together that others have locked. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final Handle handle;
    private final DatabaseClock clock;
    private final Outbox outbox;
    private final Problems problems;
    private final TransferProgress progress;
    private final Alongside also;
    private final List<Place> late = new ArrayList<>();
    private final LoadSql.Counts planned;
    private long created;
    private long updated;
    private long upTo;
    private long attempted;
    private long waited;

    /**
     * @param outbox takes the event of each product whose total changes
     * @param planned how many lines are pending
     */
    PieceWriter(
            Handle handle,
            DatabaseClock clock,
            Outbox outbox,
            LoadSql.Counts planned,
            Problems problems,
            TransferProgress progress,
            Alongside also) {
        this.planned = planned;
        this.handle = handle;
        this.clock = clock;
        this.outbox = outbox;
        this.problems = problems;
        this.progress = progress;
        this.also = also;
    }

    /** @param leaps among the pending lines, for the outcome */
    LoadOutcome write(PriceLeaps leaps, Rests rests) {
        long pending = planned.created() + planned.updated();
        long done = 0;
        AtomicBoolean committing = new AtomicBoolean();
        try {
            for (long from = 1; from <= pending; from += LINES) {
                long to = Math.min(pending, from + LINES - 1);
                attempted = PieceSql.lineOf(handle, to);
                piece(from, to, committing);
                done = to;
                upTo = attempted;
                progress.written(upTo, to, pending);
                rests.rest();
            }
            late.forEach(place -> lateOne(place, committing));
            handle.useTransaction(same -> {
                also.ended(same, created, updated, clock.now(same));
                also.done(same);
            });
        } catch (RuntimeException failure) {
            if (done == 0 && !unknown(failure, committing)) {
                throw failure;
            }
            boolean unknown = unknown(failure, committing);
            tellOfTheEnd(failure);
            return stopped(failure, done, pending, unknown);
        }
        return new LoadOutcome.Loaded(created, updated, planned.unchanged(), problems.kept(), problems.count(), leaps);
    }

    private static boolean unknown(RuntimeException failure, AtomicBoolean committing) {
        return failure instanceof OutcomeUnknown || committing.get() && SqlStates.mayHaveCommitted(failure);
    }

    private void tellOfTheEnd(RuntimeException failure) {
        try {
            handle.useTransaction(same -> also.ended(same, created, updated, clock.now(same)));
        } catch (RuntimeException goneToo) {
            failure.addSuppressed(goneToo);
        }
    }

    private LoadOutcome stopped(RuntimeException failure, long done, long pending, boolean unknown) {
        late.forEach(place ->
                problems.add(LineProblem.ofLine(place.line(), "sin escribir: otra operación tenía su producto")));
        return new LoadOutcome.Stopped(
                created,
                updated,
                upTo,
                unknown ? attempted : upTo,
                pending - done,
                problems.kept(),
                problems.count(),
                failure);
    }

    private void piece(long from, long to, AtomicBoolean committing) {
        Written written = transaction(committing, () -> {
            List<Place> places = PieceSql.places(handle, from, to);
            Set<Long> locked = places.isEmpty()
                    ? Set.of()
                    : PieceSql.lockFree(handle, places.stream().map(Place::id).toList());
            List<Place> busy = places.stream()
                    .filter(place -> !locked.contains(place.id()))
                    .toList();
            Instant now = clock.now(handle);
            Written changed = change(from, to, locked, now);
            PieceSql.Inserted inserted = PieceSql.insert(handle, from, to, now);
            tellOfStock(inserted.withUnits(), now);
            Written all = new Written(inserted.count(), changed.updated(), changed.left(), busy);
            tell(all, now);
            return all;
        });
        late.addAll(written.busy());
        count(written);
    }

    private void lateOne(Place place, AtomicBoolean committing) {
        long left = Math.max(TimeUnit.NANOSECONDS.toMillis(PATIENCE - waited), 1);
        long begun = System.nanoTime();
        try {
            count(transaction(committing, () -> {
                if (!PieceSql.lockOne(handle, place.id(), left)) {
                    return new Written(
                            0,
                            0,
                            List.of(LineProblem.ofLine(place.line(), "el producto " + place.id() + " ya no existe")),
                            List.of());
                }
                Instant now = clock.now(handle);
                Written changed = change(place.order(), place.order(), Set.of(place.id()), now);
                tell(changed, now);
                return changed;
            }));
        } catch (RuntimeException failure) {
            if (SqlStates.sqlState(failure)
                    .filter(SqlStates.LOCK_NOT_AVAILABLE::equals)
                    .isEmpty()) {
                throw failure;
            }
            problems.add(LineProblem.ofLine(
                    place.line(),
                    "sin escribir: otra operación tiene el producto " + place.id() + "; vuelve a cargar el archivo"));
        }
        waited += System.nanoTime() - begun;
    }

    private interface Piece {
        Written write();
    }

    /** Runs a piece, again if the database asks for that; a failed attempt leaves nothing behind. */
    private Written transaction(AtomicBoolean committing, Piece piece) {
        for (int attempt = 1; ; attempt++) {
            try {
                committing.set(false);
                return handle.inTransaction(same -> {
                    Written written = piece.write();
                    committing.set(true);
                    return written;
                });
            } catch (RuntimeException failure) {
                if (attempt == 3 || !SqlStates.isRetryable(failure)) {
                    throw failure;
                }
            }
        }
    }

    /**
     * @param left lines that were not written, with the reason
     * @param busy lines whose products others have locked
     */
    private record Written(long created, long updated, List<LineProblem> left, List<Place> busy) {}

    private void count(Written written) {
        created += written.created();
        updated += written.updated();
        written.left().forEach(problems::add);
    }

    private void tell(Written written, Instant now) {
        boolean first = created + updated == 0;
        if (first && written.created() + written.updated() > 0) {
            also.begins(handle, planned.created(), planned.updated(), now);
        }
    }

    /** Changes the products, which are locked. */
    private Written change(long from, long to, Set<Long> locked, Instant now) {
        if (locked.isEmpty()) {
            return new Written(0, 0, List.of(), List.of());
        }
        List<Look> looks = PieceSql.look(handle, from, to, locked);
        List<LineProblem> left = looks.stream()
                .filter(look -> look.changed() || look.below())
                .map(PieceWriter::problem)
                .toList();
        List<Long> good = looks.stream()
                .filter(look -> !look.changed() && !look.below())
                .map(Look::id)
                .collect(Collectors.toList());
        List<Long> moved = PieceSql.moveTotals(handle, from, to, good, now);
        int changed = PieceSql.update(handle, from, to, good, now);
        tellOfStock(moved, now);
        return new Written(0, changed, left, List.of());
    }

    private void tellOfStock(List<Long> products, Instant now) {
        if (outbox.hears(EventKind.STOCK_CHANGED)) {
            outbox.writeStock(handle, StockChange.of(products, StockChange.IMPORTED), now);
        }
    }

    private static LineProblem problem(Look look) {
        return look.changed()
                ? LineProblem.ofLine(
                        look.line(),
                        "sin escribir: el producto " + look.id()
                                + " cambió mientras se cargaba; vuelve a cargar el archivo")
                : LoadSql.belowPromises(look.line(), look.total(), look.reserved(), look.sold());
    }
}
