package com.electroisla.event;

import com.electroisla.database.Script;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Takes events, those of the kinds that somebody listens to; all others cost nothing.
 *
 * @param heard the kinds that somebody listens to
 */
public record Outbox(Set<EventKind> heard) {
    /** Nobody listens. */
    public static final Outbox UNHEARD = new Outbox(Set.of());

    public Outbox {
        heard = Set.copyOf(heard);
    }

    /** Whether it is worth while to gather the data of such an event. */
    public boolean hears(EventKind kind) {
        return heard.contains(kind);
    }

    public void write(Handle handle, Event event, Instant now) {
        write(handle, List.of(event), now);
    }

    /** Writes them in the caller's transaction, in one statement. */
    public void write(Handle handle, Collection<Event> events, Instant now) {
        var script = new Script();
        add(script, events, now);
        script.run(handle);
    }

    /** Tells of changed figures, in the caller's transaction, which made the changes before. */
    public void writeStock(Handle handle, Collection<StockChange> changes, Instant now) {
        var script = new Script();
        addStock(script, changes, now);
        script.run(handle);
    }

    /** The same for a transaction that also works on a database of an earlier level, where nobody is told. */
    public void writeStockWhereKept(Handle handle, Collection<StockChange> changes, Instant now) {
        if (hears(EventKind.STOCK_CHANGED) && !changes.isEmpty() && EventSql.isThere(handle)) {
            writeStock(handle, changes, now);
        }
    }

    /** Lets word of changed figures travel after the statement that changes them. */
    public void addStock(Script updates, Collection<StockChange> changes, Instant now) {
        if (hears(EventKind.STOCK_CHANGED) && !changes.isEmpty()) {
            EventSql.insertStock(updates, List.copyOf(changes), now);
        }
    }

    /** Lets them travel with a batch's writes: one statement more, and no trip. */
    public void add(Script updates, Collection<Event> events, Instant now) {
        List<Event> wanted =
                events.stream().filter(event -> hears(event.kind())).toList();
        if (!wanted.isEmpty()) {
            EventSql.insert(updates, wanted, now);
        }
    }
}
