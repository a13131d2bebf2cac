package com.electroisla.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.Orders;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.ProviderWord;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.PaymentBegun;
import com.electroisla.reservation.ReservationOutcome.PaymentSold;
import com.electroisla.reservation.ReservationOutcome.RefundOwed;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money is compared with orders; each fault that is put into the rows is found, and sold money is no difference. */
class MoneyReconcileIT {
    private static final BigDecimal PRICE = new BigDecimal("99.99");

    private final ShopFixture shop = new ShopFixture();
    private int buyer;
    private long payment;

    @BeforeEach
    void a_payment_that_sold_and_was_charged_once_more() {
        buyer = shop.buyerWith(shop.productWithStock(3), 1);
        shop.checkout(buyer);
        payment = assertInstanceOf(
                        PaymentBegun.class,
                        ask(new BeginPayment(
                                buyer,
                                new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null),
                                null,
                                "prueba",
                                Duration.ofMinutes(35),
                                null)))
                .payment()
                .id();
        assertInstanceOf(PaymentSold.class, paid("c1"));
        assertInstanceOf(RefundOwed.class, paid("c2"));
        assertEquals(0, shop.shop.reconcile().run());
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private ReservationOutcome ask(ReservationRequest request) {
        return ShopFixture.submit(shop.shop, request);
    }

    private ReservationOutcome paid(String charge) {
        return ask(new HearPayment(buyer, payment, new ProviderWord.Paid(payment, charge, PRICE)));
    }

    private void assertFound(Aspect... aspects) {
        shop.shop.reconcile().run();
        List<StoredDifference> found = shop.shop.differences().page(true, Long.MAX_VALUE, 50);
        assertEquals(
                List.of(aspects),
                found.stream().map(StoredDifference::aspect).sorted().toList(),
                found::toString);
        assertEquals(0, shop.number("SELECT count(*) FROM productos WHERE cerrado_desde IS NOT NULL"));
    }

    @Test
    void a_lost_refund_is_found() {
        shop.sql("DELETE FROM reembolsos");
        assertFound(Aspect.CHARGE_REFUNDED);
    }

    @Test
    void a_doubled_refund_is_found() {
        shop.sql("DROP INDEX reembolsos_cobro_sin_pedido");
        shop.sql("""
                INSERT INTO reembolsos (pago_id, cobro_id, usuario_id, importe, motivo, estado, debido_at)
                SELECT pago_id, cobro_id, usuario_id, importe, motivo, estado, debido_at FROM reembolsos""");
        assertFound(Aspect.CHARGE_REFUNDED);
    }

    @Test
    void a_refund_of_money_that_sold_is_found() {
        shop.sql("""
                INSERT INTO reembolsos (pago_id, cobro_id, usuario_id, importe, motivo, estado, debido_at)
                SELECT pago_id, id, ?, importe, 'cobro_repetido', 'debido', now()
                  FROM cobros WHERE cobro = 'c1'""", buyer);
        assertFound(Aspect.CHARGE_REFUNDED);
    }

    @Test
    void an_order_that_is_paid_back_more_than_once_is_found() {
        for (int i = 0; i < 2; i++) {
            shop.sql("""
                    INSERT INTO reembolsos (pago_id, pedido_id, usuario_id, importe, motivo, estado, debido_at)
                    SELECT id, pedido_id, usuario_id, importe, 'pedido_cancelado', 'debido', now() FROM pagos""");
        }
        assertFound(Aspect.ORDER_REFUNDED);
    }

    @Test
    void an_order_that_another_program_cancelled_without_owing_its_money_is_found() {
        long order = shop.number("SELECT pedido_id FROM pagos");
        var staff = new Orders.Viewer(shop.person("admin"), Role.ADMIN);
        shop.shop
                .database()
                .useTransaction(handle -> shop.shop.orders().cancel(handle, staff, order, shop.clock.now(handle)));
        assertEquals(0, shop.shop.reconcile().run(), "its money is owed");
        shop.sql("DELETE FROM reembolsos WHERE pedido_id IS NOT NULL");
        assertFound(Aspect.ORDER_REFUNDED);
    }

    @Test
    void money_whose_order_is_gone_or_another_is_found() {
        shop.sql("UPDATE pagos SET importe = importe + 1");
        assertFound(Aspect.PAYMENT_ORDER, Aspect.PAYMENT_CHARGES);
    }

    @Test
    void a_lost_event_is_found() {
        shop.sql("DELETE FROM cobros WHERE cobro = 'c1'");
        assertFound(Aspect.PAYMENT_CHARGES);
    }
}
