package com.electroisla.inventory;

import com.electroisla.database.Database;
import java.util.List;
import java.util.function.Consumer;

/**
 * Step 3 of the guide: {@code stock_total = stock} for products that are not initialised. Works on a database at 0019
 * as well as later; running it again changes nothing. Each batch is a transaction of its own, so it can be
 * interrupted.
 */
public final class InitialiseStock {
    private static final int LARGEST_BATCH = 5_000;

    private final Database database;

    public InitialiseStock(Database database) {
        this.database = database;
    }

    public record Initialised(long productId, String name, int total) {}

    /** @return how many products were initialised */
    public int run(Consumer<Initialised> each) {
        int count = 0;
        long after = Long.MIN_VALUE;
        while (true) {
            long start = after;
            List<Initialised> batch =
                    database.inTransaction(handle -> InventorySql.initialise(handle, start, LARGEST_BATCH));
            if (batch.isEmpty()) {
                return count;
            }
            batch.forEach(each);
            count += batch.size();
            after = batch.getLast().productId();
        }
    }
}
