package com.electroisla.inventory;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.event.Outbox;
import com.electroisla.event.StockChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Sets the figures of products from their reservations and movements where the two disagree.
 *
 * <p>Invariant: a product is counted again under its lock before it is changed, so it is safe while the shop sells;
 * every change leaves a row in {@code audit_logs} in the same transaction. A count that would break a CHECK changes
 * nothing: a person decides which buyer gets nothing. Units that the old shop sold stay sold. Differences are streamed
 * and mended in batches in the order of their ids; each batch is a transaction of its own, so it can be interrupted
 * and run again.
 */
public final class RepairInventory {
    private static final int BATCH = 5_000;

    private final Database database;
    private final DatabaseClock clock;
    private final Outbox outbox;
    private final Settled settled;

    /**
     * @param outbox takes the event of each product whose figures are mended
     * @param settled hears of every product that was looked at and differed
     */
    public RepairInventory(Database database, DatabaseClock clock, Outbox outbox, Settled settled) {
        this.outbox = outbox;
        this.settled = settled;
        this.database = database;
        this.clock = clock;
    }

    /**
     * The figures of a product before, and as counted from its rows.
     *
     * @param stock the old shop's column before
     * @param counted with {@code withoutRows} among what is sold
     * @param withoutRows units that the old shop sold and no row explains: they stay sold, and a movement explains
     *     them where one was written
     */
    public record Repair(
            long productId,
            String product,
            int total,
            int stock,
            Counts before,
            Counts counted,
            long withoutRows,
            boolean done) {}

    /** Units held and sold. */
    public record Counts(long reserved, long sold) {}

    /** Takes repairs in their transaction, under the locks of the products. */
    @FunctionalInterface
    public interface Settled {
        void settled(Handle handle, List<Repair> repairs, Instant now);
    }

    /** How many products were mended, and how many could not be. */
    public record Result(int done, int refused) {}

    /**
     * Mends every present difference.
     *
     * @param since only products with an event since then; empty for all
     * @param each takes every product that was mended or refused, after its batch was committed
     */
    public Result run(Optional<Instant> since, Consumer<Repair> each) {
        Pass pass = new Pass(each);
        database.useTransaction(
                handle -> InventorySql.verify(handle, since, difference -> pass.add(difference.productId())));
        pass.flush();
        return new Result(pass.done, pass.refused);
    }

    /**
     * Mends these products, in the caller's transaction, which locks nothing after them but reservations and orders;
     * one that does not differ is left out of the result.
     */
    public List<Repair> run(Handle handle, List<Long> products) {
        StockSql.lock(handle, products);
        Instant now = clock.now(handle);
        List<Repair> repairs = RepairSql.repair(handle, products, now);
        tell(handle, repairs, now);
        settled.settled(handle, repairs, now);
        return repairs;
    }

    private void tell(Handle handle, List<Repair> mended, Instant now) {
        List<Long> products = mended.stream()
                .filter(repair -> repair.done() && !repair.before().equals(repair.counted()))
                .map(Repair::productId)
                .toList();
        outbox.writeStockWhereKept(handle, StockChange.of(products, StockChange.REPAIRED), now);
    }

    /** One pass over the differences; holds the ids of one batch at most. */
    private final class Pass {
        private final Consumer<Repair> each;
        private final List<Long> batch = new ArrayList<>();
        private int done;
        private int refused;

        Pass(Consumer<Repair> each) {
            this.each = each;
        }

        /** Adds a product. Differences come by product, so those of one product are consecutive. */
        void add(long productId) {
            if (!batch.isEmpty() && batch.getLast() == productId) {
                return;
            }
            if (batch.size() == BATCH) {
                flush();
            }
            batch.add(productId);
        }

        void flush() {
            if (batch.isEmpty()) {
                return;
            }
            List<Long> ids = List.copyOf(batch);
            batch.clear();
            List<Repair> repairs = database.inTransactionOfManyLocks(handle -> run(handle, ids));
            repairs.forEach(repair -> {
                done += repair.done() ? 1 : 0;
                refused += repair.done() ? 0 : 1;
                each.accept(repair);
            });
        }
    }
}
