package com.electroisla.payment.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.lessThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Providers that are slow, away or out of their mind: one outcome, and no change is asked for twice. */
final class HostileProviderTest {
    private static final int MOST_BYTES = 16 << 10;
    private static final ProviderFixture AT =
            new ProviderFixture(new ProviderHttp.Limits(Duration.ofSeconds(2), Duration.ofMillis(400), MOST_BYTES));
    private static final String ELSEWHERE = "/elsewhere";
    private static final int FOREVER = 20_000;

    enum Behaviour {
        SERVER_FAULT(answer -> answer.withStatus(500).withBody("{\"error\":{\"code\":\"x\"}}")),
        AWAY_IN_HTML(answer -> answer.withStatus(503).withBody("<html>sk_test_llavesecreta</html>")),
        TOO_MANY_CALLS(answer -> answer.withStatus(429).withBody("{\"error\":{\"code\":\"rate_limit\"}}")),
        WRONG_KEY(answer ->
                answer.withStatus(401).withBody("{\"error\":{\"message\":\"Invalid API Key: sk_test_llavesecreta\"}}")),
        FORBIDDEN(answer -> answer.withStatus(403).withBody("{\"message\":\"APP_USR-llavesecreta\"}")),
        CONFLICT(answer -> answer.withStatus(409).withBody("{\"error\":{\"code\":\"lock_timeout\"}}")),
        REDIRECT(answer -> answer.withStatus(302).withHeader("Location", ELSEWHERE)),
        HTML(answer -> answer.withStatus(200).withBody("<html>ok</html>")),
        NOTHING(answer -> answer.withStatus(200)),
        BROKEN_JSON(answer -> answer.withStatus(200).withBody("{\"id\": \"cs_1\", ")),
        LIST(answer -> answer.withStatus(200).withBody("[1, 2, 3]")),
        NULL(answer -> answer.withStatus(200).withBody("null")),
        EMPTY_OBJECT(answer -> answer.withStatus(200).withBody("{}")),
        OTHER_TYPES(answer -> answer.withStatus(200).withBody("""
                {"id": [], "url": {}, "init_point": 5, "status": {}, "payment_status": [], "results": "", "data": 7}
                """)),
        DEEP(answer -> answer.withStatus(200).withBody("{\"a\":" + "[".repeat(7_000) + "]".repeat(7_000) + "}")),
        HUGE(answer -> answer.withStatus(200).withBody("{\"id\":\"" + "a".repeat(MOST_BYTES) + "\"}")),
        SLOW(answer -> answer.withStatus(200).withFixedDelay(FOREVER)),
        ENDLESS(answer ->
                answer.withStatus(200).withBody("{" + " ".repeat(1_000)).withChunkedDribbleDelay(100, FOREVER)),
        CUT_OFF(answer -> answer.withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        RESET(answer -> answer.withFault(Fault.CONNECTION_RESET_BY_PEER)),
        SILENT(answer -> answer.withFault(Fault.EMPTY_RESPONSE));

        private final Consumer<ResponseDefinitionBuilder> form;

        Behaviour(Consumer<ResponseDefinitionBuilder> form) {
            this.form = form;
        }
    }

    @BeforeEach
    void forget() {
        AT.api.resetAll();
    }

    @AfterAll
    static void close() {
        AT.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatever_stripe_answers_is_one_outcome(Behaviour behaviour) {
        StripeProvider stripe = AT.stripe();
        eachIsUnavailable(
                behaviour,
                () -> stripe.begin(ProviderFixture.payment("stripe", null), ProviderFixture.BACK),
                () -> stripe.ask(ProviderFixture.payment("stripe", "cs_1")),
                () -> stripe.refund(ProviderFixture.refund("1.00"), ProviderFixture.charge("stripe", "pi_1")));
    }

    @ParameterizedTest
    @EnumSource
    void whatever_mercado_pago_answers_is_one_outcome(Behaviour behaviour) {
        MercadoPagoProvider mercadoPago = AT.mercadoPago(Optional.empty());
        eachIsUnavailable(
                behaviour,
                () -> mercadoPago.begin(ProviderFixture.payment("mercadopago", null), ProviderFixture.BACK),
                () -> mercadoPago.ask(ProviderFixture.payment("mercadopago", null)),
                () -> mercadoPago.askAbout("1001"),
                () -> mercadoPago.refund(
                        ProviderFixture.refund("1.00"), ProviderFixture.charge("mercadopago", "1001")));
    }

    @Test
    void a_provider_that_nobody_reaches_is_away() {
        try (ProviderHttp http = new ProviderHttp(ProviderHttp.Limits.USUAL)) {
            ProviderUnavailable away = assertThrows(
                    ProviderUnavailable.class,
                    () -> http.send("stripe", "GET", URI.create("http://127.0.0.1:1/"), Map.of(), new byte[0]));
            assertEquals("stripe: ConnectException", away.getMessage());
        }
    }

    private static void eachIsUnavailable(Behaviour behaviour, Runnable... calls) {
        ResponseDefinitionBuilder answer = aResponse();
        behaviour.form.accept(answer);
        AT.api.stubFor(any(anyUrl()).willReturn(answer));
        for (Runnable call : calls) {
            AT.api.resetRequests();
            ProviderUnavailable away = assertThrows(ProviderUnavailable.class, call::run);
            String message = String.valueOf(away.getMessage());
            assertFalse(message.contains("llavesecreta") || message.contains("\n"), message);
            assertNull(away.getCause());
            // The JDK asks once more over a new connection when the one it had died before a byte came; changes never.
            AT.api.verify(lessThanOrExactly(1), postRequestedFor(anyUrl()));
            AT.api.verify(lessThanOrExactly(2), anyRequestedFor(anyUrl()));
            AT.api.verify(0, anyRequestedFor(urlPathEqualTo(ELSEWHERE)));
        }
    }
}
