package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.ShopFixture;
import com.electroisla.audit.Actor;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.MoneyTable;
import com.electroisla.payment.ProviderWord.Paid;
import com.electroisla.reservation.ReservationOutcome.AlreadySold;
import com.electroisla.reservation.ReservationOutcome.NothingNew;
import com.electroisla.reservation.ReservationOutcome.PaymentBegun;
import com.electroisla.reservation.ReservationOutcome.PaymentCancelled;
import com.electroisla.reservation.ReservationOutcome.PaymentSold;
import com.electroisla.reservation.ReservationOutcome.RefundOwed;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.CancelPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of money: a payment for the two last units of a product, and what payment, charge, order, refund and
 * figures are after every course of things.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoneyTableIT {
    private static final Duration WINDOW = Duration.ofMinutes(35);
    private static final BigDecimal SUM = new BigDecimal("199.98");
    private static final BigDecimal OTHER_SUM = new BigDecimal("199.97");
    private static final Actor STAFF = new Actor(0, null, null);

    /** When the provider's first word comes. */
    enum When {
        NEVER,
        ON_TIME,
        /** After the end, before any sweep. */
        LATE,
        /** After the sweeps have ended hold and payment. */
        LATE_AND_SWEPT;

        boolean isLate() {
            return this == LATE || this == LATE_AND_SWEPT;
        }
    }

    enum Times {
        ONCE,
        TWICE_THE_SAME,
        CHARGED_TWICE
    }

    enum Units {
        THERE,
        /** Ended by the staff or by time, and another buyer's by now. */
        GONE
    }

    enum Amount {
        RIGHT,
        WRONG
    }

    enum Buyer {
        WAITS,
        CANCELS
    }

    record Cell(PaymentMethod method, When when, Times times, Units units, Amount amount, Buyer buyer) {
        boolean sells() {
            return when != When.NEVER && buyer == Buyer.WAITS && amount == Amount.RIGHT && units == Units.THERE;
        }

        String payment() {
            if (when == When.NEVER) {
                return buyer == Buyer.CANCELS ? "cancelado" : "vencido";
            }
            return sells() ? "pagado" : "reembolso_debido";
        }

        List<String> charges() {
            if (when == When.NEVER) {
                return List.of();
            }
            String sold = when.isLate() ? "vendido_tarde" : "vendido";
            String first = "uno " + (sells() ? sold : "reembolso");
            return times == Times.CHARGED_TWICE ? List.of(first, "dos reembolso") : List.of(first);
        }

        List<String> refunds() {
            List<String> owed = new ArrayList<>();
            if (when != When.NEVER && !sells()) {
                owed.add("uno " + firstReason());
            }
            if (when != When.NEVER && times == Times.CHARGED_TWICE) {
                owed.add("dos cobro_repetido");
            }
            return owed;
        }

        private String firstReason() {
            if (buyer == Buyer.CANCELS) {
                return "pago_cancelado";
            }
            return amount == Amount.WRONG ? "importe_distinto" : "tarde_sin_unidades";
        }

        /** The row of the docs' table that tells of this cell. */
        String course() {
            if (when == When.NEVER) {
                return buyer == Buyer.CANCELS ? "never, and the buyer cancelled" : "never";
            }
            return moneyThatComes() + (times == Times.CHARGED_TWICE ? ", charged twice" : "");
        }

        private String moneyThatComes() {
            if (sells()) {
                return when.isLate() ? "late, the units are there" : "on time";
            }
            return switch (firstReason()) {
                case "pago_cancelado" -> "after the buyer cancelled";
                case "importe_distinto" -> "another sum";
                default -> "late, the units are gone";
            };
        }

        /** The words of the API in that row. */
        String words() {
            return Stream.concat(
                            Stream.of("`" + payment() + "`"),
                            refunds().stream().map(refund -> "`" + refund.split(" ")[1] + "`: `debido`"))
                    .collect(Collectors.joining(", "));
        }

        /** Of two units: held by somebody or by nobody, and sold. */
        String figures() {
            if (sells()) {
                return "2/0/2";
            }
            return units == Units.GONE ? "2/2/0" : "2/0/0";
        }

        @Override
        public String toString() {
            return "%s, money %s %s, units %s, amount %s, buyer %s"
                    .formatted(method.word(), when, times, units, amount, buyer)
                    .toLowerCase(Locale.ROOT)
                    .replace('_', ' ');
        }
    }

    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (PaymentMethod method : PaymentMethod.values()) {
            for (When when : When.values()) {
                for (Times times : when == When.NEVER ? new Times[] {Times.ONCE} : Times.values()) {
                    for (Units units : Units.values()) {
                        for (Amount amount : when == When.NEVER ? new Amount[] {Amount.RIGHT} : Amount.values()) {
                            for (Buyer buyer : Buyer.values()) {
                                cells.add(new Cell(method, when, times, units, amount, buyer));
                            }
                        }
                    }
                }
            }
        }
        return cells.stream();
    }

    private ShopFixture fixture;

    @BeforeAll
    void open() {
        fixture = new ShopFixture();
    }

    @AfterAll
    void money_in_is_money_of_orders_and_refunds_owed_and_the_figures_agree() {
        try (ShopFixture closed = fixture) {
            assertEquals(List.of(), closed.differences());
            assertEquals(closed.text("SELECT sum(importe) FROM cobros"), closed.text("""
                            SELECT (SELECT sum(o.total) FROM pedidos o WHERE o.id IN (SELECT pedido_id FROM pagos))
                                 + (SELECT sum(importe) FROM reembolsos WHERE pedido_id IS NULL)
                            """));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void money(Cell cell) {
        long product = fixture.productWithStock(2);
        int buyer = fixture.buyerWith(product, 2);
        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        var details = new OrderDetails(cell.method, "Calle 23", "555-0100", "timbre");
        long payment = assertInstanceOf(
                        PaymentBegun.class,
                        submit(new BeginPayment(buyer, details, new Agreed(SUM, null), "prueba", WINDOW, null)))
                .payment()
                .id();
        if (cell.buyer == Buyer.CANCELS) {
            assertInstanceOf(PaymentCancelled.class, submit(new CancelPayment(buyer, payment)));
        }
        if (cell.when.isLate()) {
            fixture.clock.advance(WINDOW);
        }
        if (cell.when == When.LATE_AND_SWEPT) {
            sweep();
        }
        if (cell.units == Units.GONE) {
            if (cell.buyer == Buyer.WAITS && !cell.when.isLate()) {
                staffReleases(buyer);
            }
            assertInstanceOf(Reserved.class, fixture.checkout(fixture.buyerWith(product, 2)));
        }
        hear(cell, buyer, payment);
        assertEquals(cell.figures(), figuresWithout(buyer, product), "figures");
        if (cell.when == When.NEVER) {
            fixture.clock.advance(WINDOW);
            sweep();
        }
        check(cell, buyer, payment);
    }

    private void hear(Cell cell, int buyer, long payment) {
        if (cell.when == When.NEVER) {
            return;
        }
        BigDecimal amount = cell.amount == Amount.RIGHT ? SUM : OTHER_SUM;
        ReservationOutcome first = submit(word(buyer, payment, "uno", amount));
        if (cell.sells()) {
            assertEquals(
                    cell.when.isLate(),
                    assertInstanceOf(PaymentSold.class, first).late());
        } else {
            assertEquals(
                    cell.firstReason(),
                    assertInstanceOf(RefundOwed.class, first).reason().word());
        }
        switch (cell.times) {
            case ONCE -> {}
            case TWICE_THE_SAME ->
                assertEquals(
                        cell.sells() ? new AlreadySold(payment) : new NothingNew(),
                        submit(word(buyer, payment, "uno", amount)));
            case CHARGED_TWICE ->
                assertEquals(
                        "cobro_repetido",
                        assertInstanceOf(RefundOwed.class, submit(word(buyer, payment, "dos", amount)))
                                .reason()
                                .word());
        }
    }

    private static HearPayment word(int buyer, long payment, String charge, BigDecimal amount) {
        return new HearPayment(buyer, payment, new Paid(payment, charge + "-" + payment, amount));
    }

    private void check(Cell cell, int buyer, long payment) {
        assertEquals(cell.words(), MoneyTable.wordsOf(cell.course()), "the docs");
        assertEquals(cell.payment(), fixture.text("SELECT estado FROM pagos WHERE id = ?", payment), "payment");
        assertEquals(
                cell.charges(),
                fixture.texts(
                        "SELECT split_part(cobro, '-', 1) || ' ' || resultado FROM cobros WHERE pago_id = ? "
                                + "ORDER BY id",
                        payment),
                "charges");
        assertEquals(cell.refunds(), fixture.texts("""
                        SELECT split_part(c.cobro, '-', 1) || ' ' || r.motivo
                          FROM reembolsos r JOIN cobros c ON c.id = r.cobro_id
                         WHERE r.pago_id = ? AND r.estado = 'debido' AND r.importe = c.importe AND r.pedido_id IS NULL
                           AND r.usuario_id = ?
                         ORDER BY r.id
                        """, payment, buyer), "refunds");
        assertEquals(
                cell.sells() ? List.of("confirmado " + cell.method.word() + " 199.98 Calle 23 2 99.99") : List.of(),
                fixture.texts("""
                        SELECT concat_ws(' ', o.estado, o.metodo_pago, o.total, o.direccion_entrega, d.cantidad,
                                         d.precio_unitario)
                          FROM pedidos o JOIN detalles_pedido d ON d.pedido_id = o.id
                          LEFT JOIN pagos p ON p.pedido_id = o.id AND p.id = ?
                         WHERE o.usuario_id = ?
                        """, payment, buyer),
                "order");
        assertEquals(
                cell.sells() ? 0 : 1,
                fixture.number(
                        "SELECT count(*) FROM cart_items i JOIN carts c ON c.id = i.cart_id WHERE c.user_id = ?",
                        buyer),
                "the cart has what was not bought");
        assertEquals(
                0, fixture.number("SELECT count(*) FROM stock_reservations WHERE pago_id = ?", payment), "kept holds");
    }

    /** The figures, without units of the buyer's hold that nobody has looked at or that lives on. */
    private String figuresWithout(int buyer, long product) {
        fixture.sql("UPDATE stock_reservations SET expires_at = now() - interval '1 day' WHERE usuario_id = ?", buyer);
        sweep();
        return fixture.figures(product);
    }

    private void sweep() {
        fixture.shop.expireReservations().run();
        fixture.shop.lapsePayments().run();
    }

    private void staffReleases(int buyer) {
        fixture.shop
                .releaseHolds()
                .release(
                        fixture
                                .texts(
                                        "SELECT id FROM stock_reservations WHERE usuario_id = ? AND status = 'pending'",
                                        buyer)
                                .stream()
                                .map(Long::valueOf)
                                .toList(),
                        STAFF);
    }

    private ReservationOutcome submit(ReservationRequest request) {
        return ShopFixture.submit(fixture.shop, request);
    }
}
