package com.electroisla.payment;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes down that payments have lapsed. Nobody waits for it: whoever reads a payment goes by the clock, and its holds
 * are over by their own time. A payment whose money is being decided is passed over.
 */
public final class LapsePayments {
    private static final int LARGEST_BATCH = 1_000;

    private final Database database;
    private final DatabaseClock clock;
    private final AtomicBoolean there = new AtomicBoolean();

    public LapsePayments(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Returns how many have lapsed. */
    public int run() {
        if (!there.get() && !database.<Boolean, RuntimeException>read(PaymentSql::isThere)) {
            return 0;
        }
        there.set(true);
        int all = 0;
        int lapsed;
        do {
            lapsed = database.inTransaction(handle -> PaymentSql.lapse(handle, clock.now(handle), LARGEST_BATCH));
            all += lapsed;
        } while (lapsed == LARGEST_BATCH);
        return all;
    }
}
