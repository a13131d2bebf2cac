package com.electroisla.payment.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.electroisla.payment.ProviderWord;
import com.electroisla.settings.PaymentSettings.Secret;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stripe's side has the shapes of its reference: sessions, refunds, faults and events. */
final class StripeProviderTest {
    private static final ProviderFixture AT = new ProviderFixture();
    private static final String SESSIONS = "/v1/checkout/sessions";
    private static final String SESSION = "cs_test_a1Zk7Id18b3FeLh8";

    @BeforeEach
    void forget() {
        AT.api.resetAll();
    }

    @AfterAll
    static void close() {
        AT.close();
    }

    @Test
    void a_payment_begins_as_a_session_of_its_sum_that_ends_with_its_holds() {
        AT.api.stubFor(post(urlPathEqualTo(SESSIONS)).willReturn(okJson(session("open", "unpaid"))));

        PaymentPage page = AT.stripe().begin(ProviderFixture.payment("stripe", null), ProviderFixture.BACK);

        assertEquals(new PaymentPage(SESSION, "https://checkout.stripe.com/c/pay/" + SESSION), page);
        LoggedRequest asked =
                AT.api.findAll(postRequestedFor(urlPathEqualTo(SESSIONS))).getFirst();
        assertEquals("Bearer sk_test_llavesecreta", asked.getHeader("Authorization"));
        assertEquals("pago-12-" + ProviderFixture.NOW.toEpochMilli(), asked.getHeader("Idempotency-Key"));
        Map<String, String> form = form(asked.getBodyAsString());
        assertEquals("payment", form.get("mode"));
        assertEquals("12", form.get("client_reference_id"));
        assertEquals("dop", form.get("line_items[0][price_data][currency]"));
        assertEquals("19998", form.get("line_items[0][price_data][unit_amount]"));
        assertEquals("1", form.get("line_items[0][quantity]"));
        assertEquals("card", form.get("payment_method_types[0]"));
        assertEquals("https://tienda.example/pagos/12", form.get("success_url"));
        assertEquals("https://tienda.example/reserva", form.get("cancel_url"));
        assertEquals(
                Long.toString(ProviderFixture.NOW.plus(Duration.ofMinutes(35)).getEpochSecond()),
                form.get("expires_at"));
    }

    @Test
    void a_repetition_asks_for_the_same_with_the_same_key() {
        AT.api.stubFor(post(urlPathEqualTo(SESSIONS)).willReturn(okJson(session("open", "unpaid"))));

        AT.stripe().begin(ProviderFixture.payment("stripe", null), ProviderFixture.BACK);
        AT.stripe().begin(ProviderFixture.payment("stripe", null), ProviderFixture.BACK);

        var asked = AT.api.findAll(postRequestedFor(urlPathEqualTo(SESSIONS)));
        assertEquals(2, asked.size());
        assertEquals(asked.get(0).getBodyAsString(), asked.get(1).getBodyAsString());
        assertEquals(asked.get(0).getHeader("Idempotency-Key"), asked.get(1).getHeader("Idempotency-Key"));
    }

    @ParameterizedTest
    @CsvSource({"PT1M, PT34M", "PT34M, PT34M", "PT2H, PT2H", "P3D, PT23H55M"})
    void a_page_stays_open_within_stripes_bounds(Duration window, Duration open) {
        AT.api.stubFor(post(urlPathEqualTo(SESSIONS)).willReturn(okJson(session("open", "unpaid"))));

        AT.stripe().begin(ProviderFixture.payment("stripe", null, "199.98", window), ProviderFixture.BACK);

        LoggedRequest asked =
                AT.api.findAll(postRequestedFor(urlPathEqualTo(SESSIONS))).getFirst();
        assertEquals(
                Long.toString(ProviderFixture.NOW.plus(open).getEpochSecond()),
                form(asked.getBodyAsString()).get("expires_at"));
    }

    @Test
    void a_currency_without_cents_is_charged_whole_and_cents_in_it_never_rounded() {
        AT.api.stubFor(post(urlPathEqualTo(SESSIONS)).willReturn(okJson(session("open", "unpaid"))));
        StripeProvider chile = AT.stripe(Currency.getInstance("CLP"));

        chile.begin(ProviderFixture.payment("stripe", null, "15000.00", Duration.ofMinutes(35)), ProviderFixture.BACK);

        LoggedRequest asked =
                AT.api.findAll(postRequestedFor(urlPathEqualTo(SESSIONS))).getFirst();
        assertEquals("15000", form(asked.getBodyAsString()).get("line_items[0][price_data][unit_amount]"));
        assertThrows(
                ProviderRefused.class,
                () -> chile.begin(ProviderFixture.payment("stripe", null), ProviderFixture.BACK));
        AT.api.verify(1, postRequestedFor(urlPathEqualTo(SESSIONS)));
    }

    @Test
    void a_sum_that_stripe_does_not_charge_is_refused_with_its_code_and_without_its_words() {
        AT.api.stubFor(post(urlPathEqualTo(SESSIONS))
                .willReturn(aResponse().withStatus(400).withBody("""
                        {"error": {"code": "amount_too_small", "type": "invalid_request_error",
                          "message": "sk_test_llavesecreta wants more", "param": "line_items"}}""")));

        ProviderRefused refused = assertThrows(
                ProviderRefused.class,
                () -> AT.stripe().begin(ProviderFixture.payment("stripe", null), ProviderFixture.BACK));

        assertEquals("stripe: amount_too_small", refused.getMessage());
    }

    @Test
    void a_paid_session_is_a_charge_of_its_intent() {
        String event = event("checkout.session.completed", session("complete", "paid"));

        assertEquals(
                new Heard.Word(
                        new ProviderWord.Paid(12, "pi_3PZk7Id18b3FeLh8", new BigDecimal("199.98")),
                        Optional.of(SESSION)),
                heard(event));
        assertEquals(
                heard(event), heard(event("checkout.session.async_payment_succeeded", session("complete", "paid"))));
    }

    @ParameterizedTest
    @CsvSource({
        "checkout.session.completed, complete, unpaid",
        "checkout.session.completed, complete, no_payment_required",
        "checkout.session.updated, complete, paid",
        "payment_intent.succeeded, complete, paid",
        "charge.refunded, complete, paid",
        "checkout.session.otro, open, unpaid",
    })
    void events_of_other_kinds_and_money_on_its_way_are_nothing(String type, String status, String payment) {
        assertInstanceOf(Heard.Nothing.class, heard(event(type, session(status, payment))));
    }

    @ParameterizedTest
    @CsvSource({"checkout.session.expired, expired", "checkout.session.async_payment_failed, complete"})
    void only_the_end_of_a_session_is_a_refusal(String type, String status) {
        assertEquals(
                new Heard.Word(new ProviderWord.Refused(12), Optional.of(SESSION)),
                heard(event(type, session(status, "unpaid"))));
    }

    @ParameterizedTest
    @CsvSource({"'\"12\"', 'null'", "'\"12\"', '\"\"'", "'\"12\"', '\"cliente-12\"'", "'\"12\"', '-12'"})
    void a_session_of_another_program_on_the_account_is_nothing(String ours, String theirs) {
        assertInstanceOf(
                Heard.Nothing.class,
                heard(event(
                        "checkout.session.completed",
                        session("complete", "paid")
                                .replace("\"client_reference_id\": " + ours, "\"client_reference_id\": " + theirs))));
    }

    @Test
    void money_in_another_currency_is_another_sum() {
        Heard.Word heard = assertInstanceOf(
                Heard.Word.class,
                heard(event(
                        "checkout.session.completed",
                        session("complete", "paid").replace("\"dop\"", "\"usd\""))));

        assertEquals(
                0,
                BigDecimal.ZERO.compareTo(
                        assertInstanceOf(ProviderWord.Paid.class, heard.word()).amount()));
    }

    @Test
    void an_event_is_believed_for_five_minutes_and_for_its_own_bytes_only() {
        byte[] body = Signature.bytes(event("checkout.session.completed", session("complete", "paid")));
        String header = signed(body, ProviderFixture.STRIPE_EVENTS, ProviderFixture.NOW);

        assertInstanceOf(Heard.Word.class, heard(body, header, ProviderFixture.NOW));
        assertInstanceOf(Heard.Word.class, heard(body, header, ProviderFixture.NOW.plusSeconds(299)));
        assertInstanceOf(Heard.Unsigned.class, heard(body, header, ProviderFixture.NOW.plusSeconds(301)));
        assertInstanceOf(Heard.Unsigned.class, heard(body, header, ProviderFixture.NOW.minusSeconds(301)));
        byte[] otherPayment = Signature.bytes(new String(body, StandardCharsets.UTF_8)
                .replace("\"client_reference_id\": \"12\"", "\"client_reference_id\": \"13\""));
        assertInstanceOf(Heard.Unsigned.class, heard(otherPayment, header, ProviderFixture.NOW));
        assertInstanceOf(
                Heard.Unsigned.class, heard(Arrays.copyOf(body, body.length + 1), header, ProviderFixture.NOW));
    }

    @Test
    void an_event_without_the_right_signature_is_not_believed() {
        byte[] body = Signature.bytes(event("checkout.session.completed", session("complete", "paid")));
        String right = signed(body, ProviderFixture.STRIPE_EVENTS, ProviderFixture.NOW);
        String wrong = signed(body, new Secret("whsec_otra"), ProviderFixture.NOW);
        String old = signed(body, ProviderFixture.STRIPE_EVENTS, ProviderFixture.NOW.minus(Duration.ofHours(1)));

        assertInstanceOf(Heard.Unsigned.class, AT.stripe().verify(Map.of(), body, ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, heard(body, wrong, ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, heard(body, old, ProviderFixture.NOW));
        // An old signature under a new stamp, and a header that came twice.
        assertInstanceOf(
                Heard.Unsigned.class,
                heard(
                        body,
                        old.replaceFirst("t=[0-9]+", "t=" + ProviderFixture.NOW.getEpochSecond()),
                        ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, heard(body, old + "," + right, ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, heard(body, right.replace("v1=", "v0="), ProviderFixture.NOW));
        // While a secret is changed Stripe signs with both.
        assertInstanceOf(
                Heard.Word.class,
                heard(body, right + "," + wrong.substring(wrong.indexOf(",") + 1), ProviderFixture.NOW));
    }

    @Test
    void the_question_looks_at_the_payments_own_session() {
        AT.api.stubFor(get(urlPathEqualTo(SESSIONS + "/" + SESSION)).willReturn(okJson(session("complete", "paid"))));

        assertEquals(
                Optional.of(new ProviderWord.Paid(12, "pi_3PZk7Id18b3FeLh8", new BigDecimal("199.98"))),
                AT.stripe().ask(ProviderFixture.payment("stripe", SESSION)));
    }

    @Test
    void the_question_tells_an_open_session_from_one_that_is_over() {
        AT.api.stubFor(get(urlPathEqualTo(SESSIONS + "/" + SESSION)).willReturn(okJson(session("open", "unpaid"))));
        assertEquals(Optional.empty(), AT.stripe().ask(ProviderFixture.payment("stripe", SESSION)));

        AT.api.stubFor(get(urlPathEqualTo(SESSIONS + "/" + SESSION)).willReturn(okJson(session("expired", "unpaid"))));
        assertEquals(
                Optional.of(new ProviderWord.Refused(12)), AT.stripe().ask(ProviderFixture.payment("stripe", SESSION)));

        AT.api.resetAll();
        assertEquals(Optional.empty(), AT.stripe().ask(ProviderFixture.payment("stripe", null)));
        AT.api.verify(0, getRequestedFor(com.github.tomakehurst.wiremock.client.WireMock.anyUrl()));
    }

    @Test
    void a_part_of_a_charge_is_paid_back_once() {
        AT.api.stubFor(get(urlPathEqualTo("/v1/refunds")).willReturn(okJson(list(""))));
        AT.api.stubFor(post(urlPathEqualTo("/v1/refunds")).willReturn(okJson(refund("31", "succeeded"))));

        assertEquals(new Refunding.Done("re_1Nispe2eZvKYlo2C"), payBack("pi_3PZk7Id18b3FeLh8"));
        AT.api.verify(postRequestedFor(urlPathEqualTo("/v1/refunds"))
                .withHeader("Idempotency-Key", equalTo("reembolso-31-pi_3PZk7Id18b3FeLh8"))
                .withRequestBody(containing("amount=5050"))
                .withRequestBody(containing("payment_intent=pi_3PZk7Id18b3FeLh8")));

        // A day later Stripe has forgotten the key.
        AT.api.stubFor(get(urlPathEqualTo("/v1/refunds"))
                .withQueryParam("payment_intent", equalTo("pi_3PZk7Id18b3FeLh8"))
                .willReturn(okJson(list(refund("30", "failed") + "," + refund("31", "succeeded")))));
        assertEquals(new Refunding.Done("re_1Nispe2eZvKYlo2C"), payBack("pi_3PZk7Id18b3FeLh8"));
        AT.api.verify(1, postRequestedFor(urlPathEqualTo("/v1/refunds")));
    }

    @Test
    void a_refund_may_be_on_its_way_or_impossible() {
        AT.api.stubFor(get(urlPathEqualTo("/v1/refunds")).willReturn(okJson(list(""))));
        AT.api.stubFor(post(urlPathEqualTo("/v1/refunds")).willReturn(okJson(refund("31", "pending"))));
        assertEquals(new Refunding.Requested("re_1Nispe2eZvKYlo2C"), payBack("pi_3PZk7Id18b3FeLh8"));

        AT.api.stubFor(post(urlPathEqualTo("/v1/refunds")).willReturn(okJson(refund("31", "failed"))));
        assertInstanceOf(Refunding.Impossible.class, payBack("pi_3PZk7Id18b3FeLh8"));

        AT.api.stubFor(post(urlPathEqualTo("/v1/refunds"))
                .willReturn(aResponse().withStatus(400).withBody("""
                        {"error": {"code": "charge_already_refunded", "type": "invalid_request_error",
                          "message": "Charge has already been refunded."}}""")));
        assertEquals(new Refunding.Impossible("stripe: charge_already_refunded"), payBack("pi_3PZk7Id18b3FeLh8"));
        assertInstanceOf(Refunding.Impossible.class, payBack("de-otro-proveedor"));
    }

    @Test
    void nothing_is_tried_twice() {
        AT.api.stubFor(post(urlPathEqualTo(SESSIONS)).willReturn(aResponse().withStatus(503)));

        ProviderUnavailable away = assertThrows(
                ProviderUnavailable.class,
                () -> AT.stripe().begin(ProviderFixture.payment("stripe", null), ProviderFixture.BACK));

        assertFalse(String.valueOf(away.getMessage()).contains("llavesecreta"), away::getMessage);
        AT.api.verify(1, postRequestedFor(urlPathEqualTo(SESSIONS)).withHeader("X-Stripe-Client-Telemetry", absent()));
    }

    private static Refunding payBack(String charge) {
        return AT.stripe().refund(ProviderFixture.refund("50.50"), ProviderFixture.charge("stripe", charge));
    }

    private static Heard heard(String event) {
        byte[] body = Signature.bytes(event);
        return heard(body, signed(body, ProviderFixture.STRIPE_EVENTS, ProviderFixture.NOW), ProviderFixture.NOW);
    }

    private static Heard heard(byte[] body, String header, Instant now) {
        return AT.stripe().verify(Map.of("stripe-signature", header), body, now);
    }

    private static String signed(byte[] body, Secret secret, Instant at) {
        String stamp = Long.toString(at.getEpochSecond());
        return "t=" + stamp + ",v1=" + ProviderFixture.hmac(secret, Signature.bytes(stamp + "."), body);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static String event(String type, String object) {
        return """
                {"id": "evt_1RlHe3R7UUImIKwk", "object": "event", "api_version": "2025-06-30.basil",
                 "created": 1764504000, "data": {"object": %s}, "livemode": false, "pending_webhooks": 1,
                 "request": {"id": null, "idempotency_key": null}, "type": "%s"}""".formatted(object, type);
    }

    private static String session(String status, String payment) {
        return """
                {"id": "%s", "object": "checkout.session", "amount_subtotal": 19998, "amount_total": 19998,
                 "client_reference_id": "12", "created": 1764504000, "currency": "dop", "customer": null,
                 "expires_at": 1764506100, "livemode": false, "metadata": {"pago": "12"}, "mode": "payment",
                 "payment_intent": "pi_3PZk7Id18b3FeLh8", "payment_method_types": ["card"],
                 "payment_status": "%s", "status": "%s", "success_url": "https://tienda.example/pagos/12",
                 "url": "https://checkout.stripe.com/c/pay/%s"}""".formatted(SESSION, payment, status, SESSION);
    }

    private static String refund(String number, String status) {
        return """
                {"id": "re_1Nispe2eZvKYlo2C", "object": "refund", "amount": 5050, "currency": "dop",
                 "created": 1764504000, "metadata": {"reembolso": "%s"}, "payment_intent": "pi_3PZk7Id18b3FeLh8",
                 "reason": null, "status": "%s"}""".formatted(number, status);
    }

    private static String list(String refunds) {
        return """
                {"object": "list", "url": "/v1/refunds", "has_more": false, "data": [%s]}""".formatted(refunds);
    }
}
