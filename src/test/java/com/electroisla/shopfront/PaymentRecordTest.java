package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.KeptAnswer;
import com.electroisla.shopfront.PaymentOutcome.FormUsed;
import com.electroisla.shopfront.PaymentOutcome.HoldsOver;
import com.electroisla.shopfront.PaymentOutcome.NotAgreed;
import com.electroisla.shopfront.PaymentOutcome.Paid;
import com.electroisla.shopfront.PaymentOutcome.Refusal;
import com.electroisla.shopfront.PaymentOutcome.Refused;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentRecordTest {
    private static final BigDecimal TOTAL = new BigDecimal("1234.50");

    @Test
    void what_is_kept_is_read_again() {
        for (PaymentOutcome outcome : List.of(
                new Paid(17, TOTAL),
                new HoldsOver(),
                new NotAgreed(TOTAL),
                new Refused(Refusal.UNITS_MISSING, "Taladro 500, Sierra"),
                new Refused(Refusal.NOT_FOR_SALE, "Taladro"),
                new Refused(Refusal.AMOUNT_TOO_LARGE, ""))) {
            assertEquals(outcome, PaymentRecord.read(PaymentRecord.of(outcome).orElseThrow()));
        }
    }

    @Test
    void an_outcome_that_may_be_another_the_next_time_is_not_kept() {
        for (PaymentOutcome outcome : List.of(
                new Refused(Refusal.USER_GONE, ""),
                new Refused(Refusal.PRODUCT_GONE, ""),
                new PaymentOutcome.Failed(new Reply.Busy<>()),
                new FormUsed())) {
            assertTrue(PaymentRecord.of(outcome).isEmpty(), outcome::toString);
        }
    }

    @Test
    void a_server_of_the_release_before_reads_what_is_kept_and_its_own_records_are_read() {
        assertEquals("{\"pedido\":17,\"total\":1234.50}", text(new Paid(17, TOTAL)));
        assertEquals(
                "{\"error\":\"importe_distinto\",\"code\":\"importe_distinto\",\"importe\":\"1234.50\","
                        + "\"productos\":\"\"}",
                text(new NotAgreed(TOTAL)));
        assertEquals(new Paid(17, TOTAL), PaymentRecord.read(kept(201, "{\"pedido\":17,\"total\":1234.50}")));
        assertEquals(
                new NotAgreed(new BigDecimal("30.00")),
                PaymentRecord.read(kept(409, "{\"error\":\"x\",\"code\":\"importe_distinto\",\"importe\":\"30.00\"}")));
        assertEquals(new HoldsOver(), PaymentRecord.read(kept(409, "{\"error\":\"x\",\"code\":\"reserva_expirada\"}")));
        assertInstanceOf(FormUsed.class, PaymentRecord.read(kept(409, "{\"error\":\"x\",\"code\":\"otro\"}")));
    }

    @Test
    void a_sale_whose_record_cannot_be_read_is_a_fault_and_no_refusal_that_gives_the_money_back() {
        assertThrows(RuntimeException.class, () -> PaymentRecord.read(kept(201, "17 1234.50")));
        assertThrows(RuntimeException.class, () -> PaymentRecord.read(kept(201, "{}")));
    }

    private static String text(PaymentOutcome outcome) {
        return new String(PaymentRecord.of(outcome).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    private static KeptAnswer kept(int status, String body) {
        return new KeptAnswer(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
