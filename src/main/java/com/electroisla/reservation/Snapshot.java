package com.electroisla.reservation;

import com.electroisla.database.StockFigures;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a batch is decided on, read after the locks that protect it.
 *
 * @param now the database's clock
 * @param carts by user; a user without an entry does not exist
 * @param products by id: every product in one of the carts or held by one of the users
 * @param holds the users' pending holds, and on products that the batch wants more of than lies free, pending holds of anybody
 *     that are past their time: all, or as many as the batch can need
 * @param lost holds of the users' last checkouts that a sweep has already ended
 */
record Snapshot(
        Instant now,
        Duration timeToLive,
        Map<Integer, Cart> carts,
        Map<Long, Product> products,
        List<PendingHold> holds,
        Map<Integer, List<ReservationOutcome.LostHold>> lost) {

    record Cart(long id, int userId, List<Line> lines) {}

    /** @param price null for a line of the old shop's whose price is none */
    record Line(long id, long productId, int quantity, @Nullable BigDecimal price) {}

    /** @param price what one unit costs now, discount taken off; null for what is not for sale */
    record Product(long id, String name, @Nullable BigDecimal price, boolean active, StockFigures figures) {}

    /** @param price null for a hold that the old shop made, and for a price that is none */
    record PendingHold(
            long id, int userId, long productId, int quantity, @Nullable BigDecimal price, Instant expiresAt) {}
}
