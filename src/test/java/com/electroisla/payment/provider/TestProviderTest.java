package com.electroisla.payment.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.payment.Payment;
import com.electroisla.payment.ProviderWord;
import com.electroisla.settings.PaymentSettings.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TestProviderTest {
    private static final Secret SECRET = new Secret("firma-de-prueba");
    private static final TestProvider PROVIDER = new TestProvider(() -> Signature.bytes(SECRET.value()));

    @Test
    void a_paid_event_says_which_charge_and_how_much() {
        assertEquals(
                new Heard.Word(new ProviderWord.Paid(12, "c-1", new BigDecimal("199.98")), Optional.empty()),
                heard("""
                        {"pago": 12, "tipo": "pagado", "importe": "199.98", "evento": "e-1", "cobro": "c-1"}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"pago":12,"tipo":"pagado","importe":199.98,"evento":"e-1"}
            {"pago":"12","tipo":"pagado","importe":"199.98","evento":"e-2","cobro":null}
            {"evento":{"mas":[1]},"pago":12,"importe":199.980,"tipo":"pagado","otro":true}
            """)
    void events_without_a_charge_tell_of_the_same_one(String body) {
        Heard.Word heard = assertInstanceOf(Heard.Word.class, heard(body));
        ProviderWord.Paid paid = assertInstanceOf(ProviderWord.Paid.class, heard.word());
        assertEquals("pago-12", paid.charge());
        assertEquals(0, new BigDecimal("199.98").compareTo(paid.amount()));
    }

    @Test
    void a_refused_event_needs_no_amount() {
        assertEquals(new Heard.Word(new ProviderWord.Refused(12), Optional.empty()), heard("""
                        {"pago": 12, "tipo": "rechazado"}"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"pago\":0,\"tipo\":\"rechazado\"}",
                "{\"pago\":-1,\"tipo\":\"rechazado\"}",
                "{\"pago\":1.5,\"tipo\":\"rechazado\"}",
                "{\"pago\":99999999999999999999,\"tipo\":\"rechazado\"}",
                "{\"pago\":12}",
                "{\"pago\":12,\"tipo\":\"otro\"}",
                "{\"pago\":12,\"tipo\":\"pagado\"}",
                "{\"pago\":12,\"tipo\":\"pagado\",\"importe\":-1}",
                "{\"pago\":12,\"tipo\":\"pagado\",\"importe\":1e3}",
                "{\"pago\":12,\"tipo\":\"pagado\",\"importe\":\"NaN\"}",
                "{\"pago\":12,\"tipo\":\"pagado\",\"importe\":1.001}",
                "{\"pago\":12,\"tipo\":\"pagado\",\"importe\":1,\"cobro\":\"\"}",
                "{\"pago\":12,\"tipo\":\"pagado\",\"importe\":1,\"cobro\":\"a b\"}",
                "{\"pago\":12,\"tipo\":\"pagado\",\"importe\":1,\"cobro\":[1]}",
                "{\"pago\":12,\"pago\":13,\"tipo\":\"rechazado\"}",
                "{\"pago\":12,\"tipo\":\"rechazado\"} {}",
            })
    void a_signed_event_in_another_form_is_unreadable(String body) {
        assertInstanceOf(Heard.Unreadable.class, heard(body));
    }

    @Test
    void an_event_may_be_of_any_age_but_not_unsigned_nor_signed_otherwise() {
        byte[] body = Signature.bytes("{\"pago\":12,\"tipo\":\"rechazado\"}");
        String right = ProviderFixture.hmac(SECRET, body);

        for (String signature : new String[] {
            "",
            "firma",
            right.substring(2),
            right + "00",
            "00" + right.substring(2),
            ProviderFixture.hmac(new Secret("otra"), body)
        }) {
            assertInstanceOf(Heard.Unsigned.class, heard(body, signature), signature);
        }
        assertInstanceOf(Heard.Unsigned.class, PROVIDER.verify(Map.of(), body, ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, heard(Signature.bytes("{\"pago\":13,\"tipo\":\"rechazado\"}"), right));
        assertInstanceOf(Heard.Word.class, heard(body, right.toUpperCase(Locale.ROOT)));
        assertInstanceOf(
                Heard.Word.class,
                PROVIDER.verify(Map.of("x-firma", right), body, ProviderFixture.NOW.plus(Duration.ofDays(3_000))));
    }

    @Test
    void a_payment_has_a_page_of_the_shops_whose_address_only_the_shop_can_make() {
        Payment payment = ProviderFixture.payment("prueba", null);
        PaymentPage page = PROVIDER.begin(payment, ProviderFixture.BACK);

        assertEquals(page, PROVIDER.begin(payment, ProviderFixture.BACK));
        assertTrue(page.url().startsWith("https://tienda.example/pagos/prueba/12?firma="), page::url);
        String signature = page.url().substring(page.url().indexOf('=') + 1);
        assertTrue(PROVIDER.isPageOf(12, signature));
        assertFalse(PROVIDER.isPageOf(13, signature));
        assertFalse(PROVIDER.isPageOf(12, ""));
        assertFalse(signature.equals(PROVIDER.sign(Signature.bytes("12"))));
    }

    @Test
    void the_question_knows_no_more_than_was_said_and_a_refund_is_done() {
        assertEquals(Optional.empty(), PROVIDER.ask(ProviderFixture.payment("prueba", "prueba-12")));
        assertInstanceOf(
                Refunding.Done.class,
                PROVIDER.refund(ProviderFixture.refund("1.00"), ProviderFixture.charge("prueba", "pago-12")));
        assertTrue(PROVIDER.chargesAtOnce());
    }

    private static Heard heard(String body) {
        return heard(Signature.bytes(body), ProviderFixture.hmac(SECRET, Signature.bytes(body)));
    }

    private static Heard heard(byte[] body, String signature) {
        return PROVIDER.verify(Map.of("X-Firma", signature), body, ProviderFixture.NOW);
    }
}
