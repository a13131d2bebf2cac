package com.electroisla.payment.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.electroisla.payment.ProviderWord;
import com.electroisla.settings.PaymentSettings.Secret;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mercado Pago's side has the shapes of its reference: preferences, payments, refunds, faults and webhooks. */
final class MercadoPagoProviderTest {
    private static final ProviderFixture AT = new ProviderFixture();
    private static final String PREFERENCES = "/checkout/preferences";
    private static final String SEARCH = "/v1/payments/search";
    private static final String CHARGE = "102030405060";
    private static final String REQUEST = "f7b2a1d4-0b1c-4ec2-aaaa-9e8b1d2f3c4d";

    @BeforeEach
    void forget() {
        AT.api.resetAll();
    }

    @AfterAll
    static void close() {
        AT.close();
    }

    @Test
    void a_payment_begins_as_a_preference_of_its_sum_that_ends_with_its_holds() {
        AT.api.stubFor(post(urlPathEqualTo(PREFERENCES))
                .willReturn(aResponse().withStatus(201).withBody("""
                        {"id": "202809963-920c288b", "collector_id": 202809963, "external_reference": "12",
                         "init_point": "https://www.mercadopago.com.co/checkout/v1/redirect?pref_id=202809963-920c288b",
                         "sandbox_init_point": "https://sandbox.mercadopago.com.co/checkout"}""")));

        PaymentPage page = provider().begin(ProviderFixture.payment("mercadopago", null), ProviderFixture.BACK);

        assertEquals("202809963-920c288b", page.reference());
        assertEquals("https://www.mercadopago.com.co/checkout/v1/redirect?pref_id=202809963-920c288b", page.url());
        AT.api.verify(postRequestedFor(urlPathEqualTo(PREFERENCES))
                .withHeader("Authorization", equalTo("Bearer APP_USR-llavesecreta"))
                .withHeader("X-Idempotency-Key", equalTo("pago-12-" + ProviderFixture.NOW.toEpochMilli()))
                .withRequestBody(equalToJson("""
                        {"items": [{"id": "pago-12", "title": "Electro Isla · 12", "quantity": 1,
                           "unit_price": 199.98}],
                         "external_reference": "12", "auto_return": "approved", "expires": true,
                         "back_urls": {"success": "https://tienda.example/pagos/12",
                           "pending": "https://tienda.example/pagos/12", "failure": "https://tienda.example/reserva"},
                         "expiration_date_from": "2026-11-30T12:00:00.000Z",
                         "expiration_date_to": "2026-11-30T12:35:00.000Z",
                         "payment_methods": {"excluded_payment_types": [{"id": "ticket"}, {"id": "atm"}]}}""")));
    }

    @Test
    void a_shop_that_says_its_currency_asks_in_it() {
        AT.api.stubFor(post(urlPathEqualTo(PREFERENCES)).willReturn(okJson("""
                        {"id": "1-2", "init_point": "https://www.mercadopago.com.co/checkout"}""")));

        AT.mercadoPago(Optional.of(Currency.getInstance("COP")))
                .begin(ProviderFixture.payment("mercadopago", null), ProviderFixture.BACK);

        AT.api.verify(postRequestedFor(urlPathEqualTo(PREFERENCES))
                .withRequestBody(matchingJsonPath("$.items[0].currency_id", equalTo("COP"))));
    }

    @Test
    void a_sum_that_it_does_not_charge_is_refused_without_its_words() {
        AT.api.stubFor(post(urlPathEqualTo(PREFERENCES))
                .willReturn(aResponse().withStatus(400).withBody("""
                        {"message": "APP_USR-llavesecreta", "error": "bad_request", "status": 400,
                         "cause": [{"code": 4041, "description": "unit_price invalid"}]}""")));

        ProviderRefused refused = assertThrows(
                ProviderRefused.class,
                () -> provider().begin(ProviderFixture.payment("mercadopago", null), ProviderFixture.BACK));

        assertEquals("mercadopago: status 400 4041", refused.getMessage());
    }

    @Test
    void an_event_only_names_a_charge() {
        assertEquals(new Heard.AskAbout(CHARGE), heard(event("payment", CHARGE)));
        AT.api.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void events_of_other_kinds_are_nothing() {
        assertInstanceOf(Heard.Nothing.class, heard(event("merchant_order", CHARGE)));
        assertInstanceOf(Heard.Nothing.class, heard(event("payment", "../v1/customers")));
        assertInstanceOf(Heard.Nothing.class, heard(event("payment", "0")));
    }

    @Test
    void an_event_is_believed_for_five_minutes_and_for_its_own_charge_only() {
        byte[] body = Signature.bytes(event("payment", CHARGE));
        String stamp = Long.toString(ProviderFixture.NOW.getEpochSecond());
        String header = signed(CHARGE, REQUEST, stamp, ProviderFixture.MERCADO_PAGO_EVENTS);

        assertInstanceOf(Heard.AskAbout.class, heard(body, header, REQUEST, ProviderFixture.NOW.plusSeconds(299)));
        assertInstanceOf(Heard.Unsigned.class, heard(body, header, REQUEST, ProviderFixture.NOW.plusSeconds(301)));
        assertInstanceOf(Heard.Unsigned.class, heard(body, header, REQUEST, ProviderFixture.NOW.minusSeconds(301)));
        assertInstanceOf(Heard.Unsigned.class, heard(body, header, "otra-peticion", ProviderFixture.NOW));
        assertInstanceOf(
                Heard.Unsigned.class,
                heard(Signature.bytes(event("payment", "102030405061")), header, REQUEST, ProviderFixture.NOW));
        assertInstanceOf(
                Heard.AskAbout.class,
                heard(
                        body,
                        signed(CHARGE, REQUEST, stamp + "000", ProviderFixture.MERCADO_PAGO_EVENTS),
                        REQUEST,
                        ProviderFixture.NOW));
        assertInstanceOf(
                Heard.AskAbout.class,
                heard(body, signed(CHARGE, "", stamp, ProviderFixture.MERCADO_PAGO_EVENTS), "", ProviderFixture.NOW));
    }

    @Test
    void an_event_without_the_right_signature_is_not_believed() {
        byte[] body = Signature.bytes(event("payment", CHARGE));
        String stamp = Long.toString(ProviderFixture.NOW.getEpochSecond());
        String right = signed(CHARGE, REQUEST, stamp, ProviderFixture.MERCADO_PAGO_EVENTS);

        assertInstanceOf(Heard.Unsigned.class, provider().verify(Map.of(), body, ProviderFixture.NOW));
        assertInstanceOf(
                Heard.Unsigned.class,
                heard(body, signed(CHARGE, REQUEST, stamp, new Secret("otra")), REQUEST, ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, heard(body, right + "," + right, REQUEST, ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, heard(body, right.replace("v1=", "v2="), REQUEST, ProviderFixture.NOW));
        assertInstanceOf(
                Heard.Unsigned.class, heard(Signature.bytes("no es JSON"), right, REQUEST, ProviderFixture.NOW));
    }

    @Test
    void an_approved_charge_is_money_and_a_rejected_one_none() {
        charge("approved", "12", "199.98", "COP");
        assertEquals(
                Optional.of(new ProviderWord.Paid(12, CHARGE, new BigDecimal("199.98"))),
                provider().askAbout(CHARGE));

        charge("rejected", "12", "199.98", "COP");
        assertEquals(Optional.of(new ProviderWord.Refused(12)), provider().askAbout(CHARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "in_process", "authorized", "in_mediation", "refunded", "charged_back", ""})
    void an_undecided_charge_is_no_word(String status) {
        charge(status, "12", "199.98", "COP");

        assertEquals(Optional.empty(), provider().askAbout(CHARGE));
    }

    @ParameterizedTest
    @CsvSource({"''", "pedido-12", "-12", "012"})
    void a_charge_of_another_program_on_the_account_is_no_word(String reference) {
        charge("approved", reference, "199.98", "COP");

        assertEquals(Optional.empty(), provider().askAbout(CHARGE));
    }

    @Test
    void a_charge_that_is_not_there_or_no_number_is_no_word() {
        AT.api.stubFor(get(urlPathEqualTo("/v1/payments/" + CHARGE))
                .willReturn(aResponse().withStatus(404)));

        assertEquals(Optional.empty(), provider().askAbout(CHARGE));
        assertEquals(Optional.empty(), provider().askAbout("../users/me"));
        AT.api.verify(1, getRequestedFor(anyUrl()));
    }

    @Test
    void money_in_another_currency_is_another_sum() {
        charge("approved", "12", "199.98", "USD");

        assertEquals(
                Optional.of(new ProviderWord.Paid(12, CHARGE, BigDecimal.ZERO)),
                AT.mercadoPago(Optional.of(Currency.getInstance("COP"))).askAbout(CHARGE));
        assertEquals(
                Optional.of(new ProviderWord.Paid(12, CHARGE, new BigDecimal("199.98"))),
                provider().askAbout(CHARGE));
    }

    @Test
    void of_several_tries_the_one_that_paid_counts() {
        found(one("1003", "pending", "12:10"), one("1002", "approved", "12:05"), one("1001", "rejected", "12:01"));
        assertEquals(
                Optional.of(new ProviderWord.Paid(12, "1002", new BigDecimal("199.98"))),
                provider().ask(ProviderFixture.payment("mercadopago", "202809963-920c288b")));
        AT.api.verify(getRequestedFor(urlPathEqualTo(SEARCH)).withQueryParam("external_reference", equalTo("12")));
    }

    @Test
    void while_a_try_is_undecided_so_is_the_payment() {
        found(one("1002", "rejected", "12:05"), one("1001", "in_process", "12:01"));
        assertEquals(Optional.empty(), provider().ask(ProviderFixture.payment("mercadopago", null)));

        found(one("1002", "rejected", "12:05"), one("1001", "cancelled", "12:01"));
        assertEquals(
                Optional.of(new ProviderWord.Refused(12)),
                provider().ask(ProviderFixture.payment("mercadopago", null)));

        found();
        assertEquals(Optional.empty(), provider().ask(ProviderFixture.payment("mercadopago", null)));
    }

    @Test
    void a_charge_from_before_the_payment_is_another_ones_with_the_same_number() {
        found(one("1001", "approved", "11:54"));

        assertEquals(Optional.empty(), provider().ask(ProviderFixture.payment("mercadopago", null)));
    }

    @ParameterizedTest
    @CsvSource({"approved, Done", "in_process, Requested", "rejected, Impossible"})
    void a_part_of_a_charge_is_paid_back_with_a_key_of_its_own(String status, String outcome) {
        AT.api.stubFor(post(urlPathEqualTo("/v1/payments/" + CHARGE + "/refunds"))
                .willReturn(aResponse().withStatus(201).withBody("""
                        {"id": 9876543210, "payment_id": %s, "amount": 50.5,
                         "source": {"id": "987", "type": "collector"},
                         "date_created": "2026-11-30T08:48:06.768-04:00", "status": "%s"}
                        """.formatted(CHARGE, status))));

        Refunding refunding = payBack(CHARGE);

        assertEquals(outcome, refunding.getClass().getSimpleName());
        AT.api.verify(postRequestedFor(urlPathEqualTo("/v1/payments/" + CHARGE + "/refunds"))
                .withHeader("X-Idempotency-Key", equalTo("reembolso-31-" + CHARGE))
                .withRequestBody(equalToJson("{\"amount\": 50.50}")));
    }

    @Test
    void a_charge_that_is_too_old_is_paid_back_by_hand() {
        AT.api.stubFor(post(urlPathEqualTo("/v1/payments/" + CHARGE + "/refunds"))
                .willReturn(aResponse().withStatus(404).withBody("""
                        {"message": "Payment too old to be refunded", "error": "not_found", "status": 404,
                         "cause": [{"code": 2024, "description": "Payment too old to be refunded"}]}""")));

        assertEquals(new Refunding.Impossible("status 404 2024"), payBack(CHARGE));
        assertInstanceOf(Refunding.Impossible.class, payBack("pi_de_stripe"));
    }

    private static MercadoPagoProvider provider() {
        return AT.mercadoPago(Optional.empty());
    }

    private static Refunding payBack(String charge) {
        return provider().refund(ProviderFixture.refund("50.50"), ProviderFixture.charge("mercadopago", charge));
    }

    private static void charge(String status, String reference, String amount, String currency) {
        AT.api.stubFor(get(urlPathEqualTo("/v1/payments/" + CHARGE))
                .willReturn(okJson("""
                        {"id": %s, "date_created": "2026-11-30T12:01:00.000-00:00", "status": "%s",
                         "external_reference": "%s", "transaction_amount": %s, "currency_id": "%s",
                         "payment_method_id": "pse", "payment_type_id": "bank_transfer", "live_mode": true}
                        """.formatted(CHARGE, status, reference, amount, currency))));
    }

    private static String one(String id, String status, String time) {
        return """
                {"id": %s, "date_created": "2026-11-30T%s:00.000+00:00", "status": "%s", "external_reference": "12",
                 "transaction_amount": 199.98, "currency_id": "COP"}""".formatted(id, time, status);
    }

    private static void found(String... tries) {
        AT.api.stubFor(get(urlPathEqualTo(SEARCH)).willReturn(okJson("""
                        {"paging": {"total": 1, "limit": 50, "offset": 0}, "results": [%s]}
                        """.formatted(String.join(",", tries)))));
    }

    private static Heard heard(String event) {
        byte[] body = Signature.bytes(event);
        String charge = ProviderJson.text(ProviderJson.read(body).orElseThrow(), "data", "id");
        String stamp = Long.toString(ProviderFixture.NOW.getEpochSecond());
        return heard(
                body,
                signed(charge, REQUEST, stamp, ProviderFixture.MERCADO_PAGO_EVENTS),
                REQUEST,
                ProviderFixture.NOW);
    }

    private static Heard heard(byte[] body, String header, String request, Instant now) {
        return provider().verify(Map.of("x-signature", header, "x-request-id", request), body, now);
    }

    private static String signed(String charge, String request, String stamp, Secret secret) {
        String manifest =
                "id:" + charge + ";" + (request.isEmpty() ? "" : "request-id:" + request + ";") + "ts:" + stamp + ";";
        return "ts=" + stamp + ",v1=" + ProviderFixture.hmac(secret, Signature.bytes(manifest));
    }

    private static String event(String type, String charge) {
        return """
                {"id": 112233445566, "live_mode": true, "type": "%s", "date_created": "2026-11-30T12:01:08.000-03:00",
                 "user_id": 987654321, "api_version": "v1", "action": "payment.updated", "data": {"id": "%s"}}
                """.formatted(type, charge);
    }
}
