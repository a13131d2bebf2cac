package com.electroisla.inventory;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.IdSupply;
import com.electroisla.database.OrphanSql;
import com.electroisla.database.takeover.TakenOverSql;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The operator's reports: the figures, the holds, and whether they agree. Changes nothing. */
public final class Inventory {
    private final Database database;
    private final DatabaseClock clock;

    public Inventory(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param available never negative; 0 for a product that is not initialised */
    public record Figures(long productId, String name, int total, int reserved, int sold, int available) {}

    /** The summary RESUMEN DE INVENTARIO of the guide, over all products. */
    public record Summary(long total, long reserved, long sold, long available, long pendingReservations) {}

    public record HeldBy(String username, String product, int quantity) {}

    /**
     * One difference between a product's figures and its rows.
     *
     * @param inherited whether it is older than this program, left by the old shop
     */
    public record Difference(long productId, String product, Kind kind, long figure, long expected, boolean inherited) {
        /** The compared figure. */
        public enum Kind {
            RESERVED,
            SOLD,
            LEGACY_STOCK
        }
    }

    /** The figures of the first products, by id. */
    public List<Figures> firstProducts(int count) {
        return database.read(handle -> InventorySql.figures(handle, count));
    }

    public Summary summary() {
        return database.inTransaction(handle -> InventorySql.summary(handle));
    }

    /** How many reservations have the status. */
    public long count(String status) {
        return database.read(handle -> InventorySql.count(handle, status));
    }

    /** Passes on each reservation with the status, oldest first, row by row. */
    public void forEachHeld(String status, Consumer<HeldBy> each) {
        database.useTransaction(handle -> InventorySql.forEachHeld(handle, status, each));
    }

    /** How many pending holds expire within this time from now. */
    public long runningOutWithin(Duration time) {
        return database.read(handle -> {
            Instant now = clock.now(handle);
            return InventorySql.runningOut(handle, now, now.plus(time));
        });
    }

    /** The tables whose ids run out in the foreseeable future, the fullest first. */
    public List<IdSupply> scarceIds() {
        return database.<List<IdSupply>, RuntimeException>read(IdSupply::all).stream()
                .filter(IdSupply::isScarce)
                .toList();
    }

    /** How many products have all figures at 0 and {@code stock} above 0. */
    public long uninitialised() {
        return database.read(InventorySql::uninitialised);
    }

    /** Rows of any table whose foreign key points at nothing, in one snapshot. */
    public List<OrphanSql.Orphans> orphans() {
        return database.inTransaction(OrphanSql::ofThisSchema);
    }

    /** When this program took the database over from Django, if it did. */
    public Optional<Instant> takenOver() {
        return database.read(TakenOverSql::since);
    }

    /**
     * Compares the figures with the reservations and the movements, in one snapshot.
     *
     * @param since only products with an event since then; empty for all
     * @param each takes every difference, by product
     * @return how many differences there are
     */
    public int verify(Optional<Instant> since, Consumer<Difference> each) {
        return database.inTransaction(handle -> InventorySql.verify(handle, since, each));
    }

    /** The same comparison for a few products, in the caller's transaction, of what is committed now. */
    public static List<Difference> differences(Handle handle, Collection<Long> products) {
        return products.isEmpty() ? List.of() : InventorySql.verify(handle, products);
    }
}
