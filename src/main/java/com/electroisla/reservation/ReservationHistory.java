package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a buyer has held, newest first. */
public final class ReservationHistory {
    private final Database database;
    private final DatabaseClock clock;

    public ReservationHistory(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<ReservationView> page(int userId, int limit, long offset) {
        return database.read(handle -> ReservationSql.history(handle, userId, clock.now(handle), limit, offset));
    }

    /** What the user's last checkout holds, or held until its time was up. */
    public CheckoutHolds lastCheckout(int userId) {
        return database.read(handle -> {
            var now = clock.now(handle);
            return new CheckoutHolds(ReservationSql.lastCheckout(handle, userId), now);
        });
    }

    /** Which of these users could pay now for what their last checkout holds. */
    public Set<Integer> holding(Collection<Integer> users) {
        return database.read(handle -> ReservationSql.holding(handle, users, clock.now(handle)));
    }
}
