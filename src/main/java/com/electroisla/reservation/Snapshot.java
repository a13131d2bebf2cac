package com.electroisla.reservation;

import com.electroisla.database.StockFigures;
import com.electroisla.payment.LockedPayments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The input of a batch's decision, read after the locks that protect it.
 *
 * @param now the database's clock
 * @param carts by user; a user without an entry does not exist
 * @param products by id: every product in one of the carts, held by one of the users, or paid for
 * @param holds the users' pending holds, and, on products of which the batch wants more units than are free, expired
 *     pending holds of any user: all, or as many as the batch can need
 * @param lost holds of the users' last checkouts that a sweep has already ended
 * @param payments those that the requests are about
 */
record Snapshot(
        Instant now,
        Duration timeToLive,
        HoldLimits limits,
        Map<Integer, Cart> carts,
        Map<Long, Product> products,
        List<PendingHold> holds,
        Map<Integer, List<ReservationOutcome.LostHold>> lost,
        LockedPayments payments) {

    record Cart(long id, int userId, List<Line> lines) {}

    /** @param price null for a line of the old shop's with an invalid price */
    record Line(
            long id, long productId, int quantity, @Nullable BigDecimal price) {}

    /**
     * @param price the present price of one unit, discount taken off; null for a product that is not for sale
     * @param closed whether its figures were found to differ from their rows: it sells nothing until a person has
     *     looked
     */
    record Product(
            long id, String name, @Nullable BigDecimal price, boolean active, boolean closed, StockFigures figures) {
        Product(long id, String name, @Nullable BigDecimal price, boolean active, StockFigures figures) {
            this(id, name, price, active, false, figures);
        }
    }

    /**
     * @param price null for a hold that the old shop made, and for an invalid price
     * @param since when the buyer's unbroken hold of the product began
     * @param checkout null for a hold that the old shop made
     * @param payment that keeps it; null for none
     */
    record PendingHold(
            long id,
            int userId,
            long productId,
            int quantity,
            @Nullable BigDecimal price,
            Instant expiresAt,
            Instant since,
            @Nullable Long checkout,
            @Nullable Long payment) {}
}
