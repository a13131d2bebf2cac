package com.electroisla.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaymentStateTest {
    private static final Pattern ARROW = Pattern.compile("(?m)^\\s+(\\w+) --> (\\w+)(?::.*)?$");
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void the_picture_in_the_docs_has_the_arrows_that_the_code_has() throws IOException {
        Set<String> drawn = ARROW.matcher(Files.readString(Path.of("docs/concepts/payments.md")))
                .results()
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> coded = Stream.of(PaymentState.values())
                .flatMap(state -> state.followers().stream().map(next -> state.word() + " --> " + next.word()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(coded, drawn);
    }

    @Test
    void a_payment_goes_nowhere_else() {
        Payment paid = payment().paid(7, NOW);
        assertThrows(IllegalStateException.class, () -> paid.in(PaymentState.CANCELLED, NOW));
        assertEquals(7L, paid.order());
    }

    @Test
    void a_payment_whose_time_is_over_has_lapsed_before_that_is_written() {
        Payment payment = payment();
        assertEquals(PaymentState.BEGUN, payment.stateAt(payment.expiresAt().minusNanos(1000)));
        assertEquals(PaymentState.LAPSED, payment.stateAt(payment.expiresAt()));
        assertTrue(payment.isAlive(payment.expiresAt().minusNanos(1000)));
    }

    private static Payment payment() {
        return Payment.begun(
                1,
                1,
                null,
                "prueba",
                BigDecimal.TEN,
                new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null),
                null,
                NOW.plusSeconds(60),
                NOW);
    }
}
