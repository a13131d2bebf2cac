package com.electroisla.transfer;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The statements that write one piece of a compared file: the pending lines from one position to another. */
final class PieceSql {
    private PieceSql() {}

    /** Allows one load at a time in a shop, by a lock that lasts until the session ends or until {@link #leave}. */
    static void enter(Handle handle) {
        handle.createQuery("SELECT true FROM "
                        + "pg_advisory_lock(hashtext('electro_isla.loaddata'), "
                        + "hashtext(current_schema()))")
                .mapTo(Boolean.class)
                .one();
    }

    static void leave(Handle handle) {
        handle.createQuery("SELECT pg_advisory_unlock(hashtext('electro_isla.loaddata'), hashtext(current_schema()))")
                .mapTo(Boolean.class)
                .one();
    }

    /** The position of a pending line that changes a product. */
    record Place(long order, long line, long id) {}

    static List<Place> places(Handle handle, long from, long to) {
        return handle.createQuery("SELECT orden, linea, id FROM carga_pendiente WHERE orden BETWEEN :from AND :to "
                        + "AND id IS NOT NULL ORDER BY id")
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new Place(row.getLong("orden"), row.getLong("linea"), row.getLong("id")))
                .list();
    }

    /** The line of the file at this position. */
    static long lineOf(Handle handle, long order) {
        return handle.createQuery("SELECT linea FROM carga_pendiente WHERE orden = :order")
                .bind("order", order)
                .mapTo(Long.class)
                .one();
    }

    /** Locks those products that nobody else has locked, in id order. */
    static Set<Long> lockFree(Handle handle, List<Long> ids) {
        return handle.createQuery(
                        "SELECT id FROM productos WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED")
                .bindArray("ids", Long.class, ids.toArray())
                .mapTo(Long.class)
                .set();
    }

    /**
     * Locks one product, with no other lock held, and waits for it no longer than this.
     *
     * @return whether the product exists
     */
    static boolean lockOne(Handle handle, long id, long milliseconds) {
        handle.createQuery("SELECT set_config('lock_timeout', :most, true)")
                .bind("most", milliseconds + "ms")
                .mapTo(String.class)
                .one();
        return handle.createQuery("SELECT id FROM productos WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** A line, and whether it can still be written as it was compared. */
    record Look(long id, long line, boolean changed, boolean below, int total, int reserved, int sold) {}

    /** Compares the products again, now that they are locked. */
    static List<Look> look(Handle handle, long from, long to, Set<Long> locked) {
        return handle.createQuery("""
                        SELECT k.id, k.linea, <version> <> k.version AS cambiado, COALESCE(<below>, false) AS menos,
                               COALESCE(c.stock_total, 0) AS total, p.stock_reservado, p.stock_vendido
                          FROM carga_pendiente k JOIN carga c ON c.linea = k.linea JOIN productos p ON p.id = k.id
                         WHERE k.orden BETWEEN :from AND :to AND k.id = ANY(:locked)
                         ORDER BY k.orden
                        """)
                .define("version", ColumnSql.VERSION)
                .define("below", LoadSql.BELOW_PROMISES)
                .bind("from", from)
                .bind("to", to)
                .bindArray("locked", Long.class, locked.toArray())
                .map((row, context) -> new Look(
                        row.getLong("id"),
                        row.getLong("linea"),
                        row.getBoolean("cambiado"),
                        row.getBoolean("menos"),
                        row.getInt("total"),
                        row.getInt("stock_reservado"),
                        row.getInt("stock_vendido")))
                .list();
    }

    /**
     * Writes a movement for each total that changes; a product that is not initialised begins at 0.
     *
     * @return the products whose total changes
     */
    static List<Long> moveTotals(Handle handle, long from, long to, List<Long> ids, Instant now) {
        return handle.createQuery("""
                        INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo,
                            created_at)
                        SELECT p.id, 'ajuste', c.stock_total - p.stock_total, 0, 'loaddata', :now
                          FROM carga_pendiente k JOIN carga c ON c.linea = k.linea JOIN productos p ON p.id = k.id
                         WHERE k.orden BETWEEN :from AND :to AND k.id = ANY(:ids) AND c.stock_total <> p.stock_total
                         ORDER BY p.id
                        RETURNING producto_id
                        """)
                .bind("from", from)
                .bind("to", to)
                .bindArray("ids", Long.class, ids.toArray())
                .bind("now", Rows.timestamp(now))
                .mapTo(Long.class)
                .list();
    }

    /** @return how many products were changed */
    static int update(Handle handle, long from, long to, List<Long> ids, Instant now) {
        return LoadSql.blanks(handle.createUpdate("""
                        UPDATE productos p
                           SET (<names>, updated_at)
                               = ROW(<wanted>, GREATEST(:now, p.updated_at + interval '1 microsecond'))
                          FROM carga_pendiente k JOIN carga c ON c.linea = k.linea
                         WHERE k.orden BETWEEN :from AND :to AND k.id = ANY(:ids) AND p.id = k.id
                        """)
                        .define("names", ColumnSql.NAMES)
                        .define("wanted", ColumnSql.WANTED))
                .bind("from", from)
                .bind("to", to)
                .bindArray("ids", Long.class, ids.toArray())
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /** @param withUnits those of the new products that have units */
    record Inserted(long count, List<Long> withUnits) {}

    /** Inserts the lines without an id, in the file's order, each with the movement of its first units. */
    static Inserted insert(Handle handle, long from, long to, Instant now) {
        return handle.createQuery("""
                        WITH nuevos AS (
                            INSERT INTO productos (<names>, stock, en_carrusel, en_carousel_card, en_all_products,
                                created_at, updated_at)
                            SELECT <values>, COALESCE(c.stock_total, 0), false, false, true, :now, :now
                              FROM carga_pendiente k JOIN carga c ON c.linea = k.linea
                             WHERE k.orden BETWEEN :from AND :to AND k.id IS NULL ORDER BY c.linea
                            RETURNING id, stock_total
                        ), movidos AS (
                            INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo,
                                created_at)
                            SELECT id, 'entrada', stock_total, 0, 'loaddata', :now FROM nuevos WHERE stock_total > 0
                        )
                        SELECT count(*) AS nuevos,
                               COALESCE(array_agg(id) FILTER (WHERE stock_total > 0), '{}') AS con_unidades
                          FROM nuevos
                        """)
                .define("names", ColumnSql.NAMES)
                .define("values", ColumnSql.OF_A_NEW_ONE)
                .bind("from", from)
                .bind("to", to)
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> new Inserted(row.getLong("nuevos"), List.of((Long[])
                        row.getArray("con_unidades").getArray())))
                .one();
    }
}
