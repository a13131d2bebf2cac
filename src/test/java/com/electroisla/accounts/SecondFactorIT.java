package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopWords;
import com.electroisla.accounts.SecondFactors.Outcome;
import com.electroisla.audit.Actor;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondFactorIT {
    private static final String PASSWORD = "Isla#verde7";
    private static final Client CLIENT = Instance.client("192.0.2.1");
    private static final Client STRANGER = Instance.client("198.51.100.7");

    @TempDir
    Path folder;

    private JdbcTarget target;
    private Instance here;
    private Instance there;
    private ShopWords words;
    private int boss;
    private String key;
    private List<String> recovery;

    @BeforeEach
    void open() {
        target = MigratedDatabase.create();
        here = new Instance(target, folder.resolve("a"));
        there = new Instance(target, folder.resolve("a"));
        words = ShopWords.of(here.database);
        boss = account("jefa", Role.ADMIN);
        key = SecondFactors.newKey();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private int account(String name, Role role) {
        return here.accounts
                .manage()
                .create(name, name + "@example.com", PASSWORD, role)
                .orElseThrow()
                .id();
    }

    private static IdempotencyKey form() {
        return Applied.key(1, "/prueba", UUID.randomUUID().toString(), "");
    }

    private Visitor visitor(WebSession session) {
        return there.accounts.webSessions().visitor(session.token()).orElseThrow();
    }

    private WebSession browser() {
        return ((LogInOutcome.LoggedIn<WebSession>) here.accounts.login().logInBrowser("jefa", PASSWORD, CLIENT))
                .session();
    }

    /** The code that the phone shows now. */
    private String code() {
        Instant now = here.database.read(handle -> handle.createQuery("SELECT clock_timestamp()")
                .mapTo(Instant.class)
                .one());
        return FactorCodes.at(FactorCodes.fromBase32(key), now.plus(here.moved));
    }

    private void nextStep() {
        here.moved = here.moved.plus(Duration.ofSeconds(60));
        there.moved = here.moved;
    }

    private void turnOn() {
        Visitor who = visitor(browser());
        recovery = assertInstanceOf(
                        Outcome.Done.class,
                        here.accounts
                                .secondFactors()
                                .turnOn(who, PASSWORD, key, code(), Locale.ENGLISH, CLIENT, form()))
                .recoveryCodes();
        nextStep();
    }

    private LogInOutcome<TokenPair> logIn(String code) {
        return there.accounts.login().logIn("jefa", PASSWORD, code, STRANGER);
    }

    @Test
    void signing_in_asks_for_the_code_once_the_phone_has_shown_one_and_each_code_is_good_once() {
        TokenPair before = here.tokens("jefa", PASSWORD);
        Visitor who = visitor(browser());
        assertInstanceOf(
                Outcome.WrongCode.class,
                here.accounts.secondFactors().turnOn(who, PASSWORD, key, "000000", Locale.ENGLISH, CLIENT, form()));
        assertInstanceOf(
                Outcome.WrongPassword.class,
                here.accounts.secondFactors().turnOn(who, "no es esa", key, code(), Locale.ENGLISH, CLIENT, form()));
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn(""));
        turnOn();
        assertFalse(here.letsIn(before), "the sign-ins before end");
        assertEquals(10, recovery.size());

        assertInstanceOf(LogInOutcome.CodeNeeded.class, logIn(""));
        assertInstanceOf(LogInOutcome.WrongCode.class, logIn("000000"));
        String code = code();
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn(code.substring(0, 3) + " " + code.substring(3)));
        assertInstanceOf(LogInOutcome.WrongCode.class, logIn(code), "used");
        assertInstanceOf(LogInOutcome.Refused.class, there.accounts.login().logIn("jefa", "no es", code, STRANGER));
    }

    @Test
    void of_many_with_one_code_at_the_same_moment_one_gets_in() throws Exception {
        turnOn();
        String code = code();
        List<Callable<LogInOutcome<TokenPair>>> rivals = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Instance instance = i % 2 == 0 ? here : there;
            Client client = Instance.client("198.51.100." + i);
            rivals.add(() -> instance.accounts.login().logIn("jefa", PASSWORD, code, client));
        }
        int in = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<LogInOutcome<TokenPair>> each : threads.invokeAll(rivals)) {
                in += each.get() instanceof LogInOutcome.LoggedIn ? 1 : 0;
            }
        }
        assertEquals(1, in);
    }

    @Test
    void a_recovery_code_lets_in_once_also_when_the_shop_s_secret_is_another_one() {
        turnOn();
        String typed = recovery.getFirst().toUpperCase(Locale.ROOT).replace('-', ' ');
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn(typed));
        assertInstanceOf(LogInOutcome.WrongCode.class, logIn(typed));
        assertEquals(
                9,
                here.accounts
                        .secondFactors()
                        .of(new Visitor(0, boss, "jefa", Role.ADMIN, false))
                        .codesLeft());

        // A home of its own has a secret of its own.
        try (Instance other = new Instance(target, folder.resolve("b"))) {
            other.moved = here.moved;
            assertInstanceOf(
                    LogInOutcome.WrongCode.class, other.accounts.login().logIn("jefa", PASSWORD, code(), CLIENT));
            assertInstanceOf(
                    LogInOutcome.LoggedIn.class,
                    other.accounts.login().logIn("jefa", PASSWORD, recovery.get(1), CLIENT));
        }
    }

    @Test
    void the_secret_is_in_no_table_in_a_form_that_computes_codes() {
        turnOn();
        byte[] kept = here.database.read(handle -> handle.createQuery("SELECT secreto FROM segundos_factores")
                .mapTo(byte[].class)
                .one());
        String plain = new String(FactorCodes.fromBase32(key), StandardCharsets.ISO_8859_1);
        assertFalse(new String(kept, StandardCharsets.ISO_8859_1).contains(plain));
        int other = account("otra", Role.ADMIN);
        words.sql("INSERT INTO segundos_factores SELECT ?, secreto, activado_at, 0 FROM segundos_factores", other);
        assertInstanceOf(
                LogInOutcome.WrongCode.class,
                there.accounts.login().logIn("otra", PASSWORD, code(), STRANGER),
                "a secret moved to another account's row");
    }

    @Test
    void guesses_are_few_also_for_whoever_has_the_password_and_leave_the_owner_at_home_alone() {
        turnOn();
        WebSession known = finish(browserHalf(CLIENT), code(), CLIENT);
        assertTrue(there.accounts.webSessions().visitor(known.token()).isPresent());
        nextStep();
        HalfWay half = browserHalf(STRANGER);
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(
                    LogInOutcome.WrongCode.class, here.accounts.login().finishInBrowser(half, "00000" + i, STRANGER));
        }
        assertInstanceOf(
                LogInOutcome.TooManyFailures.class, here.accounts.login().finishInBrowser(half, code(), STRANGER));
        finish(browserHalf(CLIENT), code(), CLIENT);
    }

    private HalfWay browserHalf(Client client) {
        return assertInstanceOf(
                        LogInOutcome.CodeNeeded.class, here.accounts.login().logInBrowser("jefa", PASSWORD, client))
                .half();
    }

    private WebSession finish(HalfWay half, String code, Client client) {
        return (WebSession) assertInstanceOf(
                        LogInOutcome.LoggedIn.class, here.accounts.login().finishInBrowser(half, code, client))
                .session();
    }

    @Test
    void a_first_step_is_good_for_minutes_and_not_after_the_password_changed() {
        turnOn();
        HalfWay half = HalfWay.parse(browserHalf(CLIENT).text()).orElseThrow();
        here.accounts.manage().changePassword(boss, "Brisa%lenta42x");
        assertInstanceOf(LogInOutcome.Refused.class, here.accounts.login().finishInBrowser(half, code(), CLIENT));
        here.accounts.manage().changePassword(boss, PASSWORD);
        HalfWay late = browserHalf(CLIENT);
        here.moved = here.moved.plus(Duration.ofMinutes(6));
        assertInstanceOf(LogInOutcome.Refused.class, here.accounts.login().finishInBrowser(late, code(), CLIENT));
    }

    @Test
    void where_it_is_required_staff_without_one_get_no_tokens_and_browsers_are_led_to_set_it_up() {
        account("tomas", Role.TRABAJADOR);
        account("beto", Role.CLIENTE);
        WebSession open = ((LogInOutcome.LoggedIn<WebSession>)
                        here.accounts.login().logInBrowser("tomas", PASSWORD, CLIENT))
                .session();
        TokenPair staff = here.tokens("tomas", PASSWORD);
        TokenPair buyer = here.tokens("beto", PASSWORD);
        turnOn();

        assertTrue(here.accounts.secondFactors().require(true, new Actor(boss, null, null), form()));

        assertEquals(
                new SecondFactors.Rule(true, 1), there.accounts.secondFactors().rule());
        assertTrue(visitor(open).lacksFactor());
        assertFalse(here.letsIn(staff));
        assertInstanceOf(RefreshOutcome.Refused.class, there.refresh(staff.refreshToken()));
        assertInstanceOf(LogInOutcome.FactorMissing.class, here.logIn("tomas", PASSWORD));
        assertTrue(here.letsIn(buyer));
        assertInstanceOf(LogInOutcome.LoggedIn.class, here.logIn("beto", PASSWORD));
        Visitor jefa = visitor(finish(browserHalf(CLIENT), code(), CLIENT));
        assertFalse(jefa.lacksFactor());
        nextStep();
        assertInstanceOf(
                Outcome.Required.class,
                here.accounts.secondFactors().turnOff(jefa, PASSWORD, code(), Locale.ENGLISH, CLIENT, form()));
    }

    @Test
    void it_is_taken_away_by_password_and_code_or_by_the_operator_and_the_owner_is_told() {
        turnOn();
        Visitor who = visitor(finish(browserHalf(CLIENT), code(), CLIENT));
        nextStep();
        assertInstanceOf(
                Outcome.WrongCode.class,
                here.accounts.secondFactors().turnOff(who, PASSWORD, "000000", Locale.ENGLISH, CLIENT, form()));
        assertInstanceOf(
                Outcome.Done.class,
                here.accounts.secondFactors().turnOff(who, PASSWORD, code(), Locale.ENGLISH, CLIENT, form()));
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn(""));
        nextStep();
        turnOn();
        assertTrue(here.accounts.secondFactors().takeAway(boss, Actor.ofCommand("quitar_segundo_factor")));
        assertFalse(here.accounts.secondFactors().takeAway(boss, Actor.ofCommand("quitar_segundo_factor")));
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn(""));
        assertEquals(
                List.of("activado", "quitado", "activado", "quitado"),
                words.texts("SELECT substr(tipo, 16) FROM correos WHERE tipo LIKE 'segundo_factor%' ORDER BY id"));
        assertEquals(2, words.number("SELECT count(*) FROM audit_logs WHERE accion = 'quitar 2.º factor'"));
    }
}
