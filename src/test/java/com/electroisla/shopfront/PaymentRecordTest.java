package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
    void what_an_earlier_release_kept_names_its_order_and_a_refusal_of_it_is_no_order() {
        assertEquals(new Paid(17, TOTAL), PaymentRecord.read(kept(201, "{\"pedido\":17,\"total\":1234.50}")));
        assertInstanceOf(
                FormUsed.class,
                PaymentRecord.read(kept(409, "{\"error\":\"x\",\"code\":\"importe_distinto\",\"importe\":\"30.00\"}")));
    }

    private static KeptAnswer kept(int status, String body) {
        return new KeptAnswer(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
