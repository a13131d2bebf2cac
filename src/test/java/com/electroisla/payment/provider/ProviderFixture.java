package com.electroisla.payment.provider;

import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.Charge;
import com.electroisla.payment.ChargeResult;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.Refund;
import com.electroisla.payment.RefundReason;
import com.electroisla.payment.RefundState;
import com.electroisla.settings.PaymentSettings.Provider;
import com.electroisla.settings.PaymentSettings.Secret;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider's API on this machine, and payments, charges and refunds for it. */
final class ProviderFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    static final Currency PESO = Currency.getInstance("DOP");
    static final Secret STRIPE_KEY = new Secret("sk_test_llavesecreta");
    static final Secret STRIPE_EVENTS = new Secret("whsec_llavesecreta");
    static final Secret MERCADO_PAGO_KEY = new Secret("APP_USR-llavesecreta");
    static final Secret MERCADO_PAGO_EVENTS = new Secret("eventos-llavesecreta");
    static final ReturnAddresses BACK = new ReturnAddresses(
            URI.create("https://tienda.example"),
            URI.create("https://tienda.example/pagos/12"),
            URI.create("https://tienda.example/reserva"));

    final WireMockServer api = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private final ProviderHttp http;

    /** With the limits of production. */
    ProviderFixture() {
        this(ProviderHttp.Limits.USUAL);
    }

    ProviderFixture(ProviderHttp.Limits limits) {
        http = new ProviderHttp(limits);
        api.start();
    }

    StripeProvider stripe() {
        return stripe(PESO);
    }

    StripeProvider stripe(Currency currency) {
        return new StripeProvider(
                http, URI.create(api.baseUrl()), new Provider.Stripe(STRIPE_KEY, STRIPE_EVENTS), currency);
    }

    MercadoPagoProvider mercadoPago(Optional<Currency> currency) {
        return new MercadoPagoProvider(
                http,
                URI.create(api.baseUrl()),
                new Provider.MercadoPago(MERCADO_PAGO_KEY, MERCADO_PAGO_EVENTS),
                currency);
    }

    /** Payment 12 of 199.98, begun now, for 35 minutes. */
    static Payment payment(String provider, @Nullable String reference) {
        return payment(provider, reference, "199.98", Duration.ofMinutes(35));
    }

    static Payment payment(String provider, @Nullable String reference, String amount, Duration window) {
        return new Payment(
                12,
                7,
                3L,
                PaymentState.BEGUN,
                provider,
                reference,
                null,
                new BigDecimal(amount),
                new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null),
                null,
                NOW.plus(window),
                NOW,
                NOW,
                null,
                null);
    }

    static Charge charge(String provider, String name) {
        return new Charge(4, provider, name, 12L, new BigDecimal("199.98"), NOW, ChargeResult.REFUND);
    }

    /** Refund 31 of a part. */
    static Refund refund(String amount) {
        return new Refund(
                31,
                12L,
                4L,
                null,
                7,
                new BigDecimal(amount),
                RefundReason.RETURNED,
                RefundState.OWED,
                NOW,
                null,
                null,
                null,
                null);
    }

    static String hmac(Secret secret, byte[]... parts) {
        return HexFormat.of().formatHex(Signature.hash(Signature.bytes(secret.value()), parts));
    }

    @Override
    public void close() {
        http.close();
        api.stop();
    }
}
