package com.electroisla.shopfront;

import com.electroisla.cart.Cart;
import com.electroisla.reservation.ReservationOutcome.Shortage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cart, and the units that a refused checkout lacked.
 *
 * @param lacking whether units were missing, so that nothing was held
 * @param held the units of an earlier checkout that are still held for this buyer
 */
public record CartView(List<Line> lines, BigDecimal total, int units, boolean lacking, Held held) {

    /** @param payment the payment that keeps them; null when there is none */
    public record Held(boolean units, @Nullable Long payment) {
        public static final Held NOTHING = new Held(false, null);
    }

    /** @param missing why this line could not be held; null when it could be */
    public record Line(
            long id,
            long productId,
            String name,
            @Nullable Photo photo,
            String categoryCode,
            int quantity,
            BigDecimal price,
            BigDecimal subtotal,
            @Nullable Missing missing) {}

    /** @param available the most units that this buyer can have */
    public record Missing(int available, int requested) {}

    public static CartView of(Cart cart, List<Shortage> shortages, Held held) {
        Map<Long, Shortage> byProduct =
                shortages.stream().collect(Collectors.toMap(Shortage::productId, Function.identity(), (one, _) -> one));
        List<Line> lines = cart.items().stream()
                .map(item -> line(item, byProduct.get(item.product().id())))
                .toList();
        return new CartView(lines, cart.total(), cart.totalUnits(), !shortages.isEmpty(), held);
    }

    public static CartView empty() {
        return new CartView(List.of(), BigDecimal.ZERO, 0, false, Held.NOTHING);
    }

    private static Line line(Cart.Item item, @Nullable Shortage shortage) {
        Missing missing =
                shortage == null ? null : new Missing(Math.max(0, shortage.available()), shortage.requested());
        return new Line(
                item.id(),
                item.product().id(),
                item.product().name(),
                Photo.of(item.product().picture(), ""),
                item.product().category(),
                item.quantity(),
                item.priceAtAddition(),
                item.subtotal(),
                missing);
    }
}
