package com.electroisla.event;

import com.electroisla.database.Column;
import com.electroisla.database.Jsonb;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import com.electroisla.database.StockFigures;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code eventos}. */
final class EventSql {
    private static final String STOCK_CHANGED =
            """
            INSERT INTO eventos (tipo, sujeto, datos, ocurrido_at)
            SELECT :stockChanged, '<subject>' || p.id,
                   jsonb_build_object('producto', p.id, 'stock_total', p.stock_total,
                       'stock_reservado', p.stock_reservado, 'stock_vendido', p.stock_vendido,
                       'stock_disponible', <free>, 'causas', CAST(c.causas AS jsonb)),
                   :now
              FROM unnest(:changedProducts, :changeCauses) AS c(id, causas) JOIN productos p ON p.id = c.id
             ORDER BY p.id
            """.replace("<subject>", Event.PRODUCT).replace("<free>", StockFigures.free("p."));

    private EventSql() {}

    /** The ids are drawn in the order of the events, under the locks of their subjects. */
    static void insert(Script updates, List<Event> events, Instant now) {
        updates.add("""
                        INSERT INTO eventos (tipo, sujeto, datos, ocurrido_at)
                        SELECT tipo, sujeto, CAST(datos AS jsonb), :now
                          FROM unnest(:eventKinds, :eventSubjects, :eventData) AS v(tipo, sujeto, datos)
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("eventKinds", Column.strings(events, event -> event.kind().word()))
                .bind("eventSubjects", Column.strings(events, Event::subject))
                .bind("eventData", Column.strings(events, Event::data));
    }

    /** The figures are read from the rows, which the transaction has locked and changed before. */
    static void insertStock(Script updates, List<StockChange> changes, Instant now) {
        updates.add(STOCK_CHANGED)
                .bind("now", Rows.timestamp(now))
                .bind("stockChanged", EventKind.STOCK_CHANGED.word())
                .bind("changedProducts", Column.longs(changes, StockChange::product))
                .bind("changeCauses", Column.strings(changes, change -> Jsonb.text(change.causes())));
    }

    /** Whether there are events: not in a database of an earlier level, on which some commands work too. */
    static boolean isThere(Handle handle) {
        return handle.createQuery("SELECT to_regclass('eventos') IS NOT NULL")
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Locks the next events, those that another server has locked passed over. An event waits while an earlier one of
     * its subject is not delivered, be it put off or in another server's hands. A row that is delivered meanwhile is
     * no longer taken once its lock is free, and its successor waits for the next call.
     */
    static List<StoredEvent> take(Handle handle, Collection<EventKind> kinds, Instant now, int most) {
        return handle.createQuery("""
                        WITH tomados AS MATERIALIZED (
                            SELECT e.id FROM eventos e
                             WHERE e.repartido_at IS NULL AND e.tipo = ANY(:kinds)
                               AND (e.aplazado_at IS NULL OR e.aplazado_at <= :now)
                               AND NOT EXISTS (SELECT FROM eventos a
                                    WHERE a.sujeto = e.sujeto AND a.id < e.id AND a.repartido_at IS NULL
                                      AND a.tipo = ANY(:kinds) AND a.aplazado_at > :now)
                             ORDER BY e.id LIMIT :most
                               FOR NO KEY UPDATE SKIP LOCKED
                        )
                        SELECT e.id, e.tipo, e.sujeto, e.datos, e.ocurrido_at
                          FROM eventos e
                         WHERE e.id = ANY(ARRAY(SELECT id FROM tomados))
                           AND NOT EXISTS (SELECT FROM eventos a
                                WHERE a.sujeto = e.sujeto AND a.id < e.id AND a.repartido_at IS NULL
                                  AND a.tipo = ANY(:kinds) AND a.id <> ALL(ARRAY(SELECT id FROM tomados)))
                         ORDER BY e.id
                        """)
                .bind("kinds", Column.strings(kinds, EventKind::word))
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .map((row, context) -> new StoredEvent(
                        row.getLong("id"),
                        EventKind.of(row.getString("tipo")),
                        row.getString("sujeto"),
                        row.getString("datos"),
                        Rows.instant(row, "ocurrido_at")))
                .list();
    }

    static void delivered(Handle handle, List<StoredEvent> events, Instant now) {
        handle.createUpdate("UPDATE eventos SET repartido_at = :now WHERE id = ANY(:ids)")
                .bind("now", Rows.timestamp(now))
                .bind("ids", Column.longs(events, StoredEvent::id))
                .execute();
    }

    static void putOff(Handle handle, StoredEvent event, Instant until) {
        handle.createUpdate("UPDATE eventos SET aplazado_at = :until WHERE id = :id AND repartido_at IS NULL")
                .bind("until", Rows.timestamp(until))
                .bind("id", event.id())
                .execute();
    }

    /** Deletes the oldest delivered events before the instant. */
    static int deleteDelivered(Handle handle, Instant before, int most) {
        return handle.createUpdate("""
                        DELETE FROM eventos WHERE repartido_at < :before
                            AND id = ANY(ARRAY(
                                SELECT id FROM eventos WHERE repartido_at IS NOT NULL ORDER BY id LIMIT :most))
                        """)
                .bind("before", Rows.timestamp(before))
                .bind("most", most)
                .execute();
    }
}
