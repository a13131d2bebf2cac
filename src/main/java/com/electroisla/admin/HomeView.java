package com.electroisla.admin;

import com.electroisla.payment.Refunds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first page of the admin.
 *
 * @param figures null for a role without access to stock
 * @param differences between figures and rows that nobody has ended
 */
public record HomeView(@Nullable Figures figures, int differences) {

    /**
     * @param pending reservations that hold units, over all products
     * @param runningOut the first that end within five minutes, soonest first
     * @param runningOutCount how many of them there are
     * @param lowStock the scarcest products on sale
     * @param refunds money that is owed back
     */
    public record Figures(
            long total,
            long reserved,
            long sold,
            long available,
            long pending,
            SoldToday today,
            List<RunningOut> runningOut,
            long runningOutCount,
            List<LowStock> lowStock,
            HourlyChart chart,
            Refunds.Owed refunds) {}

    /** The sales since midnight in the shop, without cancelled orders. */
    public record SoldToday(long orders, long units, BigDecimal amount) {}

    /** @param secondsLeft at the time of reading, by the database's clock */
    public record RunningOut(
            long id,
            String username,
            long productId,
            String product,
            int quantity,
            Instant expiresAt,
            long secondsLeft) {}

    public record LowStock(long id, String name, int available, int reserved, int total) {}
}
