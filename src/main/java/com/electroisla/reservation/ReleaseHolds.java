package com.electroisla.reservation;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.event.Event;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.event.StockChange;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.inventory.LiveHolds;
import com.electroisla.inventory.StockSql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Ends holds on behalf of others than their buyers: the staff's release, and the holds for which an adjustment leaves
 * no units.
 *
 * <p>Lock order: products in id order, then reservations in id order, as in the sweep. A hold that ended otherwise
 * during the wait for its lock stays as it ended; a buyer whose payment comes later gets the answer that the hold is
 * gone.
 */
public final class ReleaseHolds implements LiveHolds {
    private final Database database;
    private final DatabaseClock clock;
    private final Outbox outbox;

    public ReleaseHolds(Database database, DatabaseClock clock) {
        this(database, clock, Outbox.UNHEARD);
    }

    /** @param outbox takes the event of each hold that ends, and of the figures that follow from a release */
    public ReleaseHolds(Database database, DatabaseClock clock, Outbox outbox) {
        this.database = database;
        this.clock = clock;
        this.outbox = outbox;
    }

    /**
     * Ends those of these holds that are pending.
     *
     * @return how many
     */
    public int release(List<Long> ids, Actor actor) {
        return database.inTransactionOfManyLocks(handle -> release(handle, ids, actor));
    }

    /** The same, once for each form; a repetition has the number of the first as its result. */
    public Applied<Integer> release(List<Long> ids, Actor actor, IdempotencyKey form) {
        return database.inTransactionOfManyLocks(handle -> Applied.once(
                handle, form, clock, () -> release(handle, ids, actor), count -> Optional.of(count.toString())));
    }

    private int release(Handle handle, List<Long> ids, Actor actor) {
        StockSql.lock(handle, ReleaseSql.productsOf(handle, ids));
        Instant now = clock.now(handle);
        List<ReleaseSql.Ended> ended = end(handle, ids, actor, now);
        if (outbox.hears(EventKind.STOCK_CHANGED)) {
            outbox.writeStock(handle, stockChanges(ended), now);
        }
        return ended.size();
    }

    private static List<StockChange> stockChanges(List<ReleaseSql.Ended> ended) {
        Map<Long, List<String>> causes = new TreeMap<>();
        ended.forEach(hold -> causes.computeIfAbsent(hold.productId(), _ -> new ArrayList<>())
                .add(hold.status() == ReservationStatus.EXPIRED ? StockChange.EXPIRED : StockChange.RELEASED));
        return causes.entrySet().stream()
                .map(each -> new StockChange(each.getKey(), each.getValue()))
                .toList();
    }

    @Override
    public List<Held> ofProduct(Handle handle, long productId, Instant now) {
        return ReleaseSql.pendingOf(handle, productId, now);
    }

    @Override
    public void release(Handle handle, List<Long> ids, Actor actor, Instant now) {
        end(handle, ids, actor, now);
    }

    private List<ReleaseSql.Ended> end(Handle handle, List<Long> ids, Actor actor, Instant now) {
        List<ReleaseSql.Ended> ended = ReleaseSql.end(handle, ids, now);
        AuditSql.write(
                handle,
                actor,
                ended.stream()
                        .map(hold -> new Entry(
                                "liberar",
                                "reserva",
                                hold.id(),
                                hold.username() + ": " + hold.product() + " x" + hold.quantity(),
                                Map.of(
                                        "antes",
                                        Map.of("status", ReservationStatus.PENDING.word()),
                                        "despues",
                                        Map.of("status", hold.status().word()))))
                        .toList(),
                now);
        outbox.write(handle, ended.stream().map(ReleaseHolds::event).toList(), now);
        return ended;
    }

    private static Event event(ReleaseSql.Ended hold) {
        return Event.ofHold(
                hold.status() == ReservationStatus.EXPIRED ? EventKind.HOLD_EXPIRED : EventKind.HOLD_RELEASED,
                hold.id(),
                hold.userId(),
                hold.productId(),
                hold.quantity());
    }
}
