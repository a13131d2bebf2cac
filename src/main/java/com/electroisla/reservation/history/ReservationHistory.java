package com.electroisla.reservation.history;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A buyer's reservations, newest first. */
public final class ReservationHistory {
    private final Database database;
    private final DatabaseClock clock;

    public ReservationHistory(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<ReservationView> page(int userId, int limit, long offset) {
        return database.read(handle -> HistorySql.history(handle, userId, clock.now(handle), limit, offset));
    }

    /** The holds of the user's last checkout, live or expired. */
    public CheckoutHolds lastCheckout(int userId) {
        return database.read(handle -> {
            var now = clock.now(handle);
            return new CheckoutHolds(HistorySql.lastCheckout(handle, userId), now);
        });
    }

    /** The users among these who could pay now for the holds of their last checkout. */
    public Set<Integer> holding(Collection<Integer> users) {
        return database.read(handle -> HistorySql.holding(handle, users, clock.now(handle)));
    }
}
