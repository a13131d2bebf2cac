package com.electroisla.admin;

import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders, newest first.
 *
 * @param text part of the buyer's name or e-mail address, or the order's number, or empty
 * @param next the address of the page after this one; null on the last
 * @param start the address of the first page; null on that
 */
public record OrdersView(
        String text,
        String state,
        List<String> states,
        List<Row> rows,
        @Nullable String next,
        @Nullable String start) {

    public String stateKey(String state) {
        return "estado_" + state;
    }

    /** @param guest name and address of a buyer without an account; null for others */
    public record Row(
            long id,
            String username,
            @Nullable String guest,
            String state,
            String payment,
            BigDecimal total,
            String courier,
            Instant createdAt) {
        /**
         * Whether the payment method is one of ours. The old shop's orders may have others, which are shown as they
         * are.
         */
        public boolean isPaymentKnown() {
            return PaymentMethod.of(payment).isPresent();
        }

        public String paymentKey() {
            return "pago_" + payment;
        }

        public String stateKey() {
            return "estado_" + state;
        }

        /** The class of the state's badge. */
        public String css() {
            return switch (state) {
                case "entregado" -> "bien";
                case "cancelado" -> "mal";
                case "pendiente" -> "ojo";
                default -> "";
            };
        }
    }

    /** A user who may deliver orders. */
    public record Courier(int id, String username) {}

    /**
     * @param next the states to which this role may move it
     * @param payment the payment through a provider that bought it; null for none, and for a courier
     * @param refunds money of this order that is owed or was given back, for readers who see money
     * @param giving the form that takes lines back; null when nothing can come back, or not by this reader
     */
    public record Detail(
            Row row,
            Order order,
            List<OrderState> next,
            List<Courier> couriers,
            boolean assigns,
            PaymentsView.@Nullable Row payment,
            List<RefundsView.Row> refunds,
            @Nullable ReturnView giving) {
        /** The key of the button's text for moving an order to this state. */
        public String verb(OrderState to) {
            return "accion_" + to.word();
        }

        /** The courier's id; 0 for nobody. */
        public int courier() {
            return order.courierId() == null ? 0 : order.courierId();
        }
    }
}
