package com.electroisla.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.drill.DrillMailServer.Mail;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proof about the mails can fail: each kind of broken promise is found, and correct data is not reported. */
class MailProofTest {
    private static final int ANA = 1;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final List<Facts.OrderRow> orders = new ArrayList<>();
    private final List<Facts.LetterRow> letters = new ArrayList<>();
    private final List<MoneyFacts.RefundRow> refunds = new ArrayList<>();
    private final List<Mail> mails = new ArrayList<>();
    private final List<Long> deaths = new ArrayList<>();

    @BeforeEach
    void ana_ordered_twice_and_cancelled_one_order() {
        orders.add(new Facts.OrderRow(7, ANA, "confirmado", Map.of(5L, 2)));
        orders.add(new Facts.OrderRow(8, ANA, "cancelado", Map.of(5L, 1)));
        letters.add(letter(11, "pedido_creado/7"));
        letters.add(letter(12, "pedido_creado/8"));
        letters.add(letter(13, "pedido_cancelado/8"));
        for (int letter = 11; letter <= 13; letter++) {
            mails.add(mail(letter, letter * SECOND));
        }
    }

    @Test
    void each_letter_that_is_due_and_arrived_once_is_right() {
        assertEquals(new MailProof.Result(0, List.of()), result());
    }

    @Test
    void an_order_without_its_letter_is_found() {
        letters.removeLast();
        mails.removeLast();
        assertFound("el pedido 8 no tiene su correo pedido_cancelado");
        letters.removeFirst();
        mails.removeFirst();
        assertFound("el pedido 7 no tiene su correo pedido_creado");
    }

    @Test
    void a_letter_that_nothing_asks_for_is_found() {
        letters.add(letter(14, "pedido_cancelado/7"));
        mails.add(mail(14, 14 * SECOND));
        assertFound("el correo pedido_cancelado/7 no es de ningún pedido");
    }

    @Test
    void a_letter_that_was_lost_on_its_way_is_found_whatever_its_state() {
        mails.removeFirst();
        assertFound("el correo pedido_creado/7 no llegó");
        letters.set(0, new Facts.LetterRow(11, "pedido_creado/7", "comprador1@example.com", "pendiente"));
        assertFound("el correo pedido_creado/7 quedó pendiente");
    }

    @Test
    void a_refund_without_its_letter_and_a_letter_without_its_refund_are_found() {
        refunds.add(refund(31, "debido"));
        assertFound("los correos reembolso_debido/ son {} y los reembolsos {comprador1@example.com=1}");

        letters.add(letter(14, "reembolso_debido/501"));
        mails.add(mail(14, 14 * SECOND));
        assertEquals(new MailProof.Result(0, List.of()), result());

        refunds.set(0, refund(31, "hecho"));
        assertFound("los correos reembolso_hecho/ son {} y los reembolsos {comprador1@example.com=1}");

        refunds.clear();
        assertFound("los correos reembolso_debido/ son {comprador1@example.com=1} y los reembolsos {}");
    }

    private static MoneyFacts.RefundRow refund(long id, String state) {
        return new MoneyFacts.RefundRow(id, ANA, 4L, null, new BigDecimal("10.00"), "pago_cancelado", state);
    }

    @Test
    void a_letter_to_another_is_found_in_the_database_and_on_arrival() {
        letters.set(0, new Facts.LetterRow(11, "pedido_creado/7", "comprador2@example.com", "enviado"));
        assertFound("va a comprador2@example.com y no a la cuenta 1");
        assertFound("el correo pedido_creado/7 llegó a otro que comprador2@example.com");
    }

    @Test
    void a_mail_of_a_letter_that_is_not_there_is_found() {
        mails.add(mail(99, 20 * SECOND));
        mails.add(new Mail("<otro@example.com>", "comprador1@example.com", 21 * SECOND));
        assertFound("llegó <correo.99.1700@example.com>");
        assertFound("llegó <otro@example.com>");
    }

    @Test
    void a_mail_that_comes_twice_is_counted_if_its_sender_died_between_and_found_if_not() {
        mails.add(mail(11, 400 * SECOND));
        assertFound("el correo pedido_creado/7 llegó otra vez sin que muriera");
        deaths.add(401 * SECOND);
        assertFound("el correo pedido_creado/7 llegó otra vez sin que muriera");
        deaths.add(12 * SECOND);
        assertEquals(new MailProof.Result(1, List.of()), result());
        mails.add(new Mail("<correo.11.1701@example.com>", "comprador1@example.com", 402 * SECOND));
        assertFound("llegó con varios Message-ID");
    }

    private static Facts.LetterRow letter(long id, String key) {
        return new Facts.LetterRow(id, key, "comprador1@example.com", "enviado");
    }

    private static Mail mail(long letter, long nanos) {
        return new Mail("<correo." + letter + ".1700@example.com>", "comprador1@example.com", nanos);
    }

    private MailProof.Result result() {
        return MailProof.of(
                new Facts(Instant.EPOCH, List.of(), List.of(), List.of(), orders, List.of(), letters),
                refunds,
                mails,
                deaths);
    }

    private void assertFound(String what) {
        assertTrue(
                result().differences().stream().anyMatch(difference -> difference.contains(what)),
                () -> what + " is not among " + result());
    }
}
