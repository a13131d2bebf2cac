package com.electroisla.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir
    Path base;

    @Test
    void without_anything_set_the_defaults_of_the_contract_hold() {
        Settings settings = load(Map.of(), Map.of());

        assertEquals(base.resolve("var"), settings.home());
        assertEquals(Optional.empty(), settings.databaseUrl());
        assertEquals(Duration.ofMinutes(15), settings.timeToLive());
        assertEquals(Optional.of(Duration.ofSeconds(1)), settings.sweep());
        assertEquals(Optional.of(new RateLimit(30, Duration.ofHours(1))), settings.addLimit());
        assertEquals(Optional.of(new RateLimit(5, Duration.ofMinutes(1))), settings.loginLimit());
        assertEquals(Optional.of(new RateLimit(10, Duration.ofHours(1))), settings.registrationLimit());
        assertEquals(List.of(), settings.proxies());
        assertEquals(List.of(), settings.corsOrigins());
        assertEquals(base.resolve("var").resolve("media"), settings.media());
        assertEquals(ZoneId.of("America/Santo_Domingo"), settings.zone());
        assertEquals(List.of(), settings.publicUrls());
        assertEquals(50, settings.pageSize());
    }

    @Test
    void without_anything_set_nobody_pays_by_card_and_orders_wait_as_the_contract_says() {
        PaymentSettings payments = load(Map.of(), Map.of()).payments();

        assertEquals(List.of(), payments.providers());
        assertEquals(Optional.empty(), payments.currency());
        assertEquals(Duration.ofMinutes(35), payments.cardWindow());
        assertEquals(Optional.of(Duration.ofHours(48)), payments.transferWindow());
        assertEquals(Optional.empty(), payments.cashWindow());
        assertEquals(Optional.empty(), payments.unitCap());
        assertEquals(Optional.of(Duration.ofMinutes(45)), payments.holdAge());
    }

    @Test
    void a_page_has_from_one_row_to_five_thousand() {
        assertEquals(5_000, load(Map.of(Setting.PAGE_SIZE, "5000"), Map.of()).pageSize());
        for (String senseless : List.of("0", "5001", "-1", "muchas", "off")) {
            assertThrows(InvalidSetting.class, () -> load(Map.of(Setting.PAGE_SIZE, senseless), Map.of()), senseless);
        }
    }

    @Test
    void the_engine_fires_no_triggers_on_the_embedded_database_and_on_that_of_others_only_when_asked() {
        String url = "postgresql://tienda:clave@db.example/electro_isla";

        assertTrue(load(Map.of(), Map.of()).silentTriggers());
        assertFalse(load(Map.of(Setting.SILENT_TRIGGERS, "no"), Map.of()).silentTriggers());
        assertFalse(load(Map.of(Setting.DATABASE_URL, url), Map.of()).silentTriggers());
        assertTrue(load(Map.of(Setting.DATABASE_URL, url, Setting.SILENT_TRIGGERS, "si"), Map.of())
                .silentTriggers());
        assertThrows(InvalidSetting.class, () -> load(Map.of(Setting.SILENT_TRIGGERS, "quizá"), Map.of()));
    }

    @Test
    void public_addresses_are_sites_without_a_path_and_a_zone_exists() {
        Settings settings = load(
                Map.of(Setting.URL, "https://tienda.example/, http://10.0.0.5:8000", Setting.ZONE, "Europe/Madrid"),
                Map.of());

        assertEquals(
                List.of(URI.create("https://tienda.example"), URI.create("http://10.0.0.5:8000")),
                settings.publicUrls());
        assertEquals(ZoneId.of("Europe/Madrid"), settings.zone());
        assertThrows(InvalidSetting.class, () -> load(Map.of(Setting.URL, "tienda.example"), Map.of()));
        assertThrows(InvalidSetting.class, () -> load(Map.of(Setting.URL, "https://tienda.example/tienda"), Map.of()));
        assertThrows(InvalidSetting.class, () -> load(Map.of(Setting.ZONE, "Isla/Bonita"), Map.of()));
    }

    @Test
    void a_flag_wins_over_the_environment_over_the_file_over_the_default() throws IOException {
        Files.writeString(base.resolve(".env"), "ELECTRO_ISLA_TTL=PT2M\n");
        Map<String, String> environment = Map.of("ELECTRO_ISLA_TTL", "PT3M");

        assertEquals(Duration.ofMinutes(2), load(Map.of(), Map.of()).timeToLive());
        assertEquals(Duration.ofMinutes(3), load(Map.of(), environment).timeToLive());
        assertEquals(
                Duration.ofMinutes(4),
                load(Map.of(Setting.TIME_TO_LIVE, "PT4M"), environment).timeToLive());
    }

    @Test
    void the_file_may_have_comments_quotes_blanks_and_export() throws IOException {
        Files.writeString(base.resolve(".env"), """
                # comentario
                export ELECTRO_ISLA_TTL = "PT5M"

                ELECTRO_ISLA_BARRIDO='off'
                OTRA_COSA=1
                no es una asignación
                """);

        Settings settings = load(Map.of(), Map.of());

        assertEquals(Duration.ofMinutes(5), settings.timeToLive());
        assertEquals(Optional.empty(), settings.sweep());
    }

    @Test
    void an_empty_value_is_no_value() {
        assertEquals(
                Duration.ofMinutes(15),
                load(Map.of(), Map.of("ELECTRO_ISLA_TTL", " ")).timeToLive());
    }

    @Test
    void off_switches_a_limit_off_in_any_case() {
        assertEquals(
                Optional.empty(),
                load(Map.of(Setting.ADD_LIMIT, "OFF"), Map.of()).addLimit());
    }

    @Test
    void relative_folders_count_from_the_folder_of_manage() throws IOException {
        Files.createDirectory(base.resolve("fotos"));

        Settings settings = load(Map.of(Setting.HOME, "datos", Setting.MEDIA, "fotos"), Map.of());

        assertEquals(base.resolve("datos"), settings.home());
        assertEquals(base.resolve("fotos"), settings.media());
    }

    @Test
    void an_external_database_is_taken_as_it_stands() {
        String url = "postgresql://ana:s%40l@db.example:6432/electro_isla?sslmode=require";

        assertEquals(
                Optional.of(URI.create(url)),
                load(Map.of(Setting.DATABASE_URL, url), Map.of()).databaseUrl());
    }

    @Test
    void proxies_are_ranges_that_never_mix_ipv4_and_ipv6() throws IOException {
        List<AddressRange> ranges =
                load(Map.of(Setting.PROXIES, "10.1.0.0/20, ::1"), Map.of()).proxies();

        assertTrue(ranges.get(0).contains(InetAddress.ofLiteral("10.1.15.255")));
        assertFalse(ranges.get(0).contains(InetAddress.ofLiteral("10.1.16.0")));
        assertTrue(ranges.get(1).contains(InetAddress.ofLiteral("::1")));
        assertFalse(ranges.get(1).contains(InetAddress.ofLiteral("127.0.0.1")));
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_URL, mysql://ana:secreto@db/tienda",
        "DATABASE_URL, postgresql://ana:secreto@db",
        "DATABASE_URL, postgresql://ana:secr eto@db/tienda",
        "TIME_TO_LIVE, 15m",
        "TIME_TO_LIVE, PT0S",
        "TIME_TO_LIVE, -PT1M",
        "TIME_TO_LIVE, P400D",
        "SWEEP, nunca",
        "ADD_LIMIT, 30",
        "ADD_LIMIT, 0/PT1H",
        "ADD_LIMIT, treinta/PT1H",
        "LOGIN_LIMIT, 5/PT0S",
        "REGISTRATION_LIMIT, 99999999999/PT1H",
        "PROXIES, 10.0.0.0/33",
        "PROXIES, proxy.example",
        "CORS, tienda.example",
        "CORS, https://tienda.example/ruta",
        "MEDIA, no-existe",
        "PAYMENTS, paypal",
        "PAYMENTS, 'stripe,prueba'",
        "PAYMENTS, 'prueba,mercadopago'",
        "CURRENCY, pesos",
        "CURRENCY, XXX",
        "CARD_WINDOW, off",
        "CARD_WINDOW, media hora",
        "TRANSFER_WINDOW, 48",
        "CASH_WINDOW, PT0S",
        "UNIT_CAP, 0",
        "UNIT_CAP, -3",
        "UNIT_CAP, muchas",
        "HOLD_AGE, -PT1M",
    })
    void a_wrong_value_is_named_in_one_line_without_secrets(Setting setting, String value) {
        InvalidSetting refusal = assertThrows(InvalidSetting.class, () -> load(Map.of(setting, value), Map.of()));

        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith(setting.variable() + ": "), message);
        assertEquals(1, message.lines().count(), message);
        assertFalse(message.contains("secr"), message);
    }

    @ParameterizedTest
    @CsvSource({"DATABASE_URL, --database-url", "HOME, --home", "ADD_LIMIT, --limite-agregar", "SWEEP, --barrido"})
    void a_flag_is_the_variable_without_the_shops_name(Setting setting, String flag) {
        assertEquals(flag, setting.flag());
    }

    private Settings load(Map<Setting, String> flags, Map<String, String> environment) {
        return Settings.load(base, flags, environment);
    }
}
