package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives the units of holds that ran out back to the shelf.
 *
 * <p>Nobody waits for this: a buyer who needs such units takes them at once. It only keeps the figures tidy. Safe at any
 * time, twice at once, and on several instances: it locks products with SKIP LOCKED and leaves what a checkout is working
 * on to the next round; reservations are locked after their product, as everywhere.
 */
public final class ExpireReservations {
    private static final int LARGEST_BATCH = 5_000;

    private final Database database;
    private final DatabaseClock clock;
    private final Runnable afterBatch;

    public ExpireReservations(Database database, DatabaseClock clock) {
        this(database, clock, () -> {});
    }

    /** @param released called after each batch that released something was committed */
    public ExpireReservations(Database database, DatabaseClock clock, Runnable released) {
        this.afterBatch = released;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Releases everything that is past its time now, batch by batch, except on products that are busy.
     *
     * @param each told of each released hold after its batch was committed
     * @return how many were released
     */
    public int run(Consumer<ExpiredHold> each) {
        int total = 0;
        while (true) {
            List<ExpiredHold> released = database.inTransaction(handle -> {
                Instant now = clock.now(handle);
                List<Long> products = SweepSql.lockProductsWithOverdueHolds(handle, now, LARGEST_BATCH);
                return products.isEmpty() ? List.<ExpiredHold>of() : SweepSql.expire(handle, products, now, LARGEST_BATCH);
            });
            released.forEach(each);
            total += released.size();
            if (released.isEmpty()) {
                return total;
            }
            afterBatch.run();
        }
    }
}
