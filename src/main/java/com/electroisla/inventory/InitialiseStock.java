package com.electroisla.inventory;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.event.StockChange;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Step 3 of the guide: {@code stock_total = stock} for products that are not initialised. Works on a database at 0019
 * as well as later; running it again changes nothing. Each batch is a transaction of its own, so it can be
 * interrupted.
 */
public final class InitialiseStock {
    private static final int LARGEST_BATCH = 5_000;

    private final Database database;
    private final DatabaseClock clock;
    private final Outbox outbox;

    /** @param outbox takes the event of each product that gets its first figures */
    public InitialiseStock(Database database, DatabaseClock clock, Outbox outbox) {
        this.database = database;
        this.clock = clock;
        this.outbox = outbox;
    }

    public record Initialised(long productId, String name, int total) {}

    /** @return how many products were initialised */
    public int run(Consumer<Initialised> each) {
        int count = 0;
        long after = Long.MIN_VALUE;
        while (true) {
            long start = after;
            List<Initialised> batch = database.inTransaction(handle -> initialise(handle, start));
            if (batch.isEmpty()) {
                return count;
            }
            batch.forEach(each);
            count += batch.size();
            after = batch.getLast().productId();
        }
    }

    private List<Initialised> initialise(Handle handle, long after) {
        List<Initialised> batch = InventorySql.initialise(handle, after, LARGEST_BATCH);
        if (outbox.hears(EventKind.STOCK_CHANGED)) {
            List<Long> products = batch.stream().map(Initialised::productId).toList();
            outbox.writeStockWhereKept(handle, StockChange.of(products, StockChange.INITIALISED), clock.now(handle));
        }
        return batch;
    }
}
