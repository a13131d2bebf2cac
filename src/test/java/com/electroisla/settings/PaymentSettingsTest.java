package com.electroisla.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.settings.PaymentSettings.Provider;
import com.electroisla.settings.PaymentSettings.Secret;
import java.nio.file.Path;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaymentSettingsTest {
    private static final Map<Setting, String> BOTH = Map.of(
            Setting.PAYMENTS, "mercadopago, stripe",
            Setting.STRIPE_KEY, "sk_test_secreta1",
            Setting.STRIPE_EVENT_SECRET, "whsec_secreta2",
            Setting.MERCADO_PAGO_KEY, "APP_USR-secreta3",
            Setting.MERCADO_PAGO_EVENT_SECRET, "secreta4");

    @TempDir
    Path base;

    @Test
    void providers_come_in_the_order_in_which_they_were_named_with_their_keys() {
        assertEquals(
                List.of(
                        new Provider.MercadoPago(new Secret("APP_USR-secreta3"), new Secret("secreta4")),
                        new Provider.Stripe(new Secret("sk_test_secreta1"), new Secret("whsec_secreta2"))),
                load(BOTH).providers());
    }

    @Test
    void the_test_provider_needs_nothing_and_may_have_a_secret_for_its_events() {
        assertEquals(
                List.of(new Provider.Test(Optional.empty())),
                load(Map.of(Setting.PAYMENTS, "prueba")).providers());
        assertEquals(
                List.of(new Provider.Test(Optional.of(new Secret("firma")))),
                load(Map.of(Setting.PAYMENTS, "prueba", Setting.TEST_EVENT_SECRET, "firma"))
                        .providers());
    }

    @ParameterizedTest
    @EnumSource(names = {"STRIPE_KEY", "STRIPE_EVENT_SECRET", "MERCADO_PAGO_KEY", "MERCADO_PAGO_EVENT_SECRET"})
    void a_provider_without_its_key_or_its_secret_stops_the_start(Setting missing) {
        Map<Setting, String> settings = new HashMap<>(BOTH);
        settings.remove(missing);

        InvalidSetting refusal = assertThrows(InvalidSetting.class, () -> load(settings));

        assertEquals(missing, refusal.setting());
        assertEquals(1, String.valueOf(refusal.getMessage()).lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_test_con espacio", "sk_test_ñ", "pk_live_publicable"})
    void a_key_that_cannot_be_one_is_refused_without_being_repeated(String key) {
        Map<Setting, String> settings = new HashMap<>(BOTH);
        settings.put(Setting.STRIPE_KEY, key);

        InvalidSetting refusal = assertThrows(InvalidSetting.class, () -> load(settings));

        assertEquals(Setting.STRIPE_KEY, refusal.setting());
        assertFalse(String.valueOf(refusal.getMessage()).contains(key), refusal::getMessage);
    }

    @Test
    void no_secret_is_in_the_words_of_the_settings() {
        String words = Settings.load(base, BOTH, Map.of()).toString();

        assertTrue(words.contains("Stripe["), words);
        assertFalse(words.contains("secreta"), words);
    }

    @Test
    void a_shop_may_say_its_currency() {
        assertEquals(
                Optional.of(Currency.getInstance("COP")),
                load(Map.of(Setting.CURRENCY, "COP")).currency());
    }

    @Test
    void off_is_no_end_for_transfers_cash_caps_and_renewals() {
        PaymentSettings payments = load(Map.of(
                Setting.TRANSFER_WINDOW,
                "off",
                Setting.CASH_WINDOW,
                "OFF",
                Setting.UNIT_CAP,
                "off",
                Setting.HOLD_AGE,
                "off"));

        assertEquals(Optional.empty(), payments.transferWindow());
        assertEquals(Optional.empty(), payments.cashWindow());
        assertEquals(Optional.empty(), payments.unitCap());
        assertEquals(Optional.empty(), payments.holdAge());
        assertEquals(Optional.of(3), load(Map.of(Setting.UNIT_CAP, "3")).unitCap());
    }

    private PaymentSettings load(Map<Setting, String> flags) {
        return Settings.load(base, flags, Map.of()).payments();
    }
}
