package com.electroisla.payment.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.settings.PaymentSettings.Secret;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaymentProvidersTest {
    private static final byte[] OWN = Signature.bytes("secreto de la tienda");
    private static final byte[] EVENT = Signature.bytes("{\"pago\":12,\"tipo\":\"rechazado\"}");

    @TempDir
    Path base;

    @Test
    void the_providers_are_those_that_were_named_in_that_order() {
        try (PaymentProviders providers = of(Map.of(
                Setting.PAYMENTS, "mercadopago,stripe",
                Setting.STRIPE_KEY, "sk_test_1",
                Setting.STRIPE_EVENT_SECRET, "whsec_1",
                Setting.MERCADO_PAGO_KEY, "APP_USR-1",
                Setting.MERCADO_PAGO_EVENT_SECRET, "1"))) {
            assertEquals(
                    List.of("mercadopago", "stripe"),
                    providers.all().stream().map(PaymentProvider::name).toList());
            assertEquals("mercadopago", providers.first().orElseThrow().name());
            assertEquals("stripe", providers.named("stripe").orElseThrow().name());
            assertTrue(providers.named("prueba").isEmpty() && providers.test().isEmpty());
            assertTrue(providers.all().stream().noneMatch(PaymentProvider::chargesAtOnce));
        }
        assertTrue(of(Map.of()).first().isEmpty());
    }

    @Test
    void events_of_prueba_are_signed_under_the_operators_secret_or_else_the_shops_own() {
        Map<String, String> operators = Map.of("X-Firma", ProviderFixture.hmac(new Secret("firma"), EVENT));
        Map<String, String> own = Map.of("X-Firma", HexFormat.of().formatHex(Signature.hash(OWN, EVENT)));
        TestProvider with = of(Map.of(Setting.PAYMENTS, "prueba", Setting.TEST_EVENT_SECRET, "firma"))
                .test()
                .orElseThrow();
        TestProvider without = of(Map.of(Setting.PAYMENTS, "prueba")).test().orElseThrow();

        assertInstanceOf(Heard.Word.class, with.verify(operators, EVENT, ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, with.verify(own, EVENT, ProviderFixture.NOW));
        assertInstanceOf(Heard.Word.class, without.verify(own, EVENT, ProviderFixture.NOW));
        assertInstanceOf(Heard.Unsigned.class, without.verify(operators, EVENT, ProviderFixture.NOW));
    }

    private PaymentProviders of(Map<Setting, String> flags) {
        return PaymentProviders.of(Settings.load(base, flags, Map.of()).payments(), () -> OWN);
    }
}
