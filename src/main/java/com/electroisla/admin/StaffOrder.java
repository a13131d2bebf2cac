package com.electroisla.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order with its lines and the people it concerns.
 *
 * @param buyer the buyer's first and last name, or else their user name
 * @param email the buyer's address; empty for a role that may not see it
 * @param courier likewise their name; empty without one
 */
public record StaffOrder(
        long id,
        String buyer,
        String email,
        String state,
        String payment,
        BigDecimal total,
        String address,
        String phone,
        @Nullable String notes,
        @Nullable Integer courierId,
        String courier,
        Instant createdAt,
        @Nullable Instant deliveredAt,
        List<Line> lines) {

    /** @param picture its address, see {@link com.electroisla.catalog.Picture#address} */
    public record Line(
            long id,
            String product,
            @Nullable String picture,
            int quantity,
            BigDecimal unitPrice,
            BigDecimal subtotal) {}

    StaffOrder with(List<Line> its) {
        return new StaffOrder(
                id,
                buyer,
                email,
                state,
                payment,
                total,
                address,
                phone,
                notes,
                courierId,
                courier,
                createdAt,
                deliveredAt,
                its);
    }
}
