package com.electroisla.event;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to their listeners, on any number of servers at once.
 *
 * <p>Invariant: a listener's rows and the mark of delivery are one transaction, so an event is heard exactly once,
 * whatever is killed when; events of one subject are heard in their order; an event that a listener cannot take delays
 * the later ones of its subject and no others.
 */
public final class DistributeEvents {
    private static final Logger LOG = Logger.getLogger(DistributeEvents.class.getName());
    private static final int AT_ONCE = 200;
    private static final Duration PUT_OFF = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(7);

    private final Database database;
    private final DatabaseClock clock;
    private final List<Listener> listeners;
    private final Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);

    public DistributeEvents(Database database, DatabaseClock clock, List<Listener> listeners) {
        this.database = database;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
        listeners.forEach(listener -> kinds.addAll(listener.kinds()));
    }

    /** The outbox that takes what these listeners want to hear. */
    public static Outbox outbox(Collection<Listener> listeners) {
        Set<EventKind> heard = EnumSet.noneOf(EventKind.class);
        listeners.forEach(listener -> heard.addAll(listener.kinds()));
        return new Outbox(heard);
    }

    /** Distributes all events that are there and returns how many. */
    public int run() {
        int all = 0;
        int taken;
        do {
            taken = distribute();
            all += taken;
        } while (taken > 0);
        return all;
    }

    private int distribute() {
        try {
            return database.inTransaction(handle -> hear(handle, AT_ONCE, new AtomicReference<>()));
        } catch (RuntimeException failure) {
            LOG.log(Level.FINE, "events are distributed one by one", failure);
            return oneByOne();
        }
    }

    /** After a failure of several together: one that fails alone is put off. */
    private int oneByOne() {
        int heard = 0;
        for (int times = 1; times <= AT_ONCE; times++) {
            var taken = new AtomicReference<@Nullable StoredEvent>();
            try {
                if (database.inTransaction(handle -> hear(handle, 1, taken)) == 0) {
                    return heard;
                }
                heard++;
            } catch (RuntimeException failure) {
                StoredEvent event = taken.get();
                if (event == null) {
                    throw failure;
                }
                putOff(event, failure);
            }
        }
        return heard;
    }

    private int hear(Handle handle, int most, AtomicReference<@Nullable StoredEvent> first) {
        Instant now = clock.now(handle);
        List<StoredEvent> events = EventSql.take(handle, kinds, now, most);
        if (events.isEmpty()) {
            return 0;
        }
        first.set(events.getFirst());
        for (Listener listener : listeners) {
            List<StoredEvent> wanted = events.stream()
                    .filter(event -> listener.kinds().contains(event.kind()))
                    .toList();
            if (!wanted.isEmpty()) {
                listener.hear(handle, wanted, now);
            }
        }
        EventSql.delivered(handle, events, now);
        return events.size();
    }

    private void putOff(StoredEvent event, RuntimeException failure) {
        LOG.log(Level.WARNING, "event " + event.id() + " (" + event.kind().word() + ") waits", failure);
        database.useTransaction(
                handle -> EventSql.putOff(handle, event, clock.now(handle).plus(PUT_OFF)));
    }

    /** Deletes delivered events that nobody needs any more. */
    public static int deleteOld(Handle handle, Instant now, int most) {
        return EventSql.deleteDelivered(handle, now.minus(KEPT), most);
    }
}
