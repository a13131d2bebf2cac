package com.electroisla.shopfront;

import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.PaymentMethod;
import com.electroisla.pages.Words;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order as its buyer sees it.
 *
 * @param css the class of the state's badge
 * @param steps the steps of an order on its way to its buyer; empty for one that left it
 * @param told sentences about its money, and what came back
 */
public record OrderView(
        long id,
        String state,
        String css,
        List<Step> steps,
        String method,
        BigDecimal total,
        String address,
        String phone,
        @Nullable String notes,
        Instant createdAt,
        @Nullable Instant deliveredAt,
        boolean cancellable,
        int units,
        List<Order.Line> lines,
        List<String> told) {

    /** @param done whether the order has come so far */
    public record Step(String text, boolean done, boolean current) {}

    /** An order in a list, where nothing more is told of it. */
    public static OrderView of(Order order, Words words) {
        return of(order, words, List.of());
    }

    public static OrderView of(Order order, Words words, List<String> told) {
        return new OrderView(
                order.id(),
                name(order.state(), words),
                css(order.state()),
                steps(order.state(), words),
                method(order.paymentMethod(), words),
                order.total(),
                order.address(),
                order.phone(),
                order.notes(),
                order.createdAt(),
                order.deliveredAt(),
                order.state().isCancellable(),
                order.lines().stream().mapToInt(Order.Line::quantity).sum(),
                order.lines(),
                told);
    }

    private static List<Step> steps(OrderState state, Words words) {
        if (!isStep(state)) {
            return List.of();
        }
        return Stream.of(OrderState.values())
                .filter(OrderView::isStep)
                .map(each -> new Step(name(each, words), each.ordinal() <= state.ordinal(), each == state))
                .toList();
    }

    /** Whether the order comes through this state on its way. */
    private static boolean isStep(OrderState state) {
        return switch (state) {
            case PENDING, CONFIRMED, PREPARING, ON_THE_WAY, DELIVERED -> true;
            case CANCELLED -> false;
        };
    }

    private static String name(OrderState state, Words words) {
        return words.text("estado_" + state.word());
    }

    private static String method(String word, Words words) {
        return PaymentMethod.of(word)
                .map(known -> words.text("pago_" + known.word()))
                .orElse(word);
    }

    private static String css(OrderState state) {
        return switch (state) {
            case PENDING, PREPARING, ON_THE_WAY -> "ojo";
            case CONFIRMED, DELIVERED -> "bien";
            case CANCELLED -> "mal";
        };
    }
}
