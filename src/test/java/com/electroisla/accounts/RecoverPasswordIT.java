package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.LongProofs;
import com.electroisla.ShopWords;
import com.electroisla.accounts.RecoverPassword.Reset;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverPasswordIT {
    private static final String OLD = "Isla#verde7";
    private static final String NEW = "Brisa%lenta42x";
    private static final String ANA = "ana@example.com";
    private static final Client CLIENT = Instance.client("192.0.2.1");

    @TempDir
    Path folder;

    private Instance here;
    private Instance there;
    private ShopWords words;

    @BeforeEach
    void open() {
        JdbcTarget target = MigratedDatabase.create();
        here = new Instance(target, folder.resolve("a"));
        there = new Instance(target, folder.resolve("a"));
        words = ShopWords.of(here.database);
        here.accounts.manage().create("ana", ANA, OLD, Role.CLIENTE);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private void ask(String email) {
        here.accounts.recovery().ask(email, Locale.ENGLISH, CLIENT);
    }

    private Reset reset(String email, String code, String password) {
        return there.accounts.recovery().reset(email, code, password, CLIENT);
    }

    private void advance(Duration by) {
        here.moved = here.moved.plus(by);
        there.moved = here.moved;
    }

    private String mailedCode() {
        return words.text("SELECT valores ->> 'codigo' FROM correos ORDER BY id DESC LIMIT 1");
    }

    private static String other(String code) {
        return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
    }

    @Test
    void the_mailed_code_sets_the_password_once_and_ends_every_session() {
        TokenPair tokens = here.tokens("ana", OLD);
        WebSession browser =
                ((LogInOutcome.LoggedIn<WebSession>) here.accounts.login().logInBrowser("ana", OLD, CLIENT)).session();
        ask("ANA@example.com");
        assertEquals(
                "codigo_recuperacion ana@example.com en",
                words.text("SELECT concat_ws(' ', tipo, para, idioma) FROM correos"));
        String code = mailedCode();

        assertEquals(new Reset.Done(), reset("Ana@example.com", code, NEW));

        assertFalse(there.letsIn(tokens));
        assertInstanceOf(RefreshOutcome.Refused.class, here.refresh(tokens.refreshToken()));
        assertTrue(here.accounts.webSessions().visitor(browser.token()).isEmpty());
        assertInstanceOf(LogInOutcome.Refused.class, here.logIn("ana", OLD));
        here.tokens("ana", NEW);
        assertEquals(new Reset.Wrong(), reset(ANA, code, "Tren=nocturno5"));
    }

    @Test
    void a_code_is_worthless_once_its_account_has_another_address() {
        ask("ana@example.com");
        words.sql("UPDATE auth_user SET email = 'otra@example.com' WHERE username = 'ana'");

        assertEquals(new Reset.Wrong(), reset("ana@example.com", mailedCode(), NEW));

        here.tokens("ana", OLD);
    }

    @Test
    void an_address_without_an_account_gets_a_row_and_no_letter_and_guesses_look_the_same() {
        ask("nadie@example.com");
        ask(ANA);
        assertEquals(2, words.number("SELECT count(*) FROM codigos_correo"));
        assertEquals(ANA, words.text("SELECT para FROM correos"));
        for (int i = 0; i < 6; i++) {
            assertEquals(
                    reset("nadie@example.com", "000000", NEW).getClass(),
                    reset(ANA, other(mailedCode()), NEW).getClass());
            advance(Duration.ofMinutes(1));
        }
        assertEquals(
                words.texts("SELECT fallos::text FROM codigos_correo WHERE usuario_id IS NULL"),
                words.texts("SELECT fallos::text FROM codigos_correo WHERE usuario_id IS NOT NULL"));
    }

    @Test
    void inactive_accounts_and_those_without_a_password_get_no_code() {
        words.sql("UPDATE auth_user SET is_active = false");
        ask(ANA);
        words.sql("UPDATE auth_user SET is_active = true, password = '!x'");
        ask(ANA);
        assertEquals(0, words.number("SELECT count(*) FROM correos"));
        assertEquals(2, words.number("SELECT count(*) FROM codigos_correo"));
    }

    @Test
    void wrong_guesses_count_whatever_they_are_and_the_right_one_comes_too_late() {
        ask(ANA);
        String code = mailedCode();
        String guess = code;
        for (int i = 0; i < 5; i++) {
            guess = other(guess);
            assertEquals(new Reset.Wrong(), reset(ANA, guess, NEW));
            advance(Duration.ofSeconds(13));
        }
        advance(Duration.ofMinutes(1));
        assertEquals(new Reset.Wrong(), reset(ANA, code, NEW));
        here.tokens("ana", OLD);
    }

    @Test
    void ten_thousand_guesses_in_the_life_of_a_code_are_five() throws Exception {
        ask(ANA);
        words.sql("UPDATE codigos_correo SET huella = '\\x00'");
        List<Callable<Reset>> guesses = new ArrayList<>();
        int many = LongProofs.orLonger(400, 10_000);
        for (int i = 0; i < many; i++) {
            Client client = Instance.client("2001:db8:%x::1".formatted(i + 1));
            String code = "%06d".formatted(i);
            Instance instance = i % 2 == 0 ? here : there;
            guesses.add(() -> instance.accounts.recovery().reset(ANA, code, NEW, client));
        }
        int compared = 0;
        try (var executor = Executors.newFixedThreadPool(60)) {
            for (Future<Reset> guess : executor.invokeAll(guesses)) {
                compared += guess.get() instanceof Reset.Wrong ? 1 : 0;
            }
        }
        assertEquals(5, compared);
        assertEquals(5, words.number("SELECT fallos FROM codigos_correo"));
    }

    @Test
    void even_without_the_limit_of_failures_a_code_takes_five_guesses_and_an_address_thirty_a_day() {
        try (var unlimited = new Instance(
                here.database.target(), folder.resolve("a"), Map.of(Setting.LOGIN_LIMIT, "off"), RevocationFeed.NONE)) {
            ask(ANA);
            String code = mailedCode();
            for (int i = 0; i < 30; i++) {
                assertEquals(
                        new Reset.Wrong(),
                        unlimited.accounts.recovery().reset(ANA, i < 5 ? other(code) : code, NEW, CLIENT));
            }
            assertInstanceOf(Reset.TooMany.class, unlimited.accounts.recovery().reset(ANA, code, NEW, CLIENT));
        }
    }

    @Test
    void strangers_guesses_keep_neither_the_owner_at_home_nor_a_registration_from_their_own() {
        Client home = Instance.client("198.51.100.7");
        there.accounts.login().logInBrowser("ana", OLD, home);
        for (int i = 0; i < 30; i++) {
            assertEquals(new Reset.Wrong(), reset(ANA, "000000", NEW));
            advance(Duration.ofMinutes(1));
        }
        assertInstanceOf(Reset.TooMany.class, reset(ANA, "000000", NEW));
        assertInstanceOf(
                ConfirmSignUp.Confirmed.Wrong.class,
                here.accounts.confirmSignUp().confirm(ANA, "000000", CLIENT));
        ask(ANA);
        String code = mailedCode();
        for (int i = 0; i < 4; i++) {
            assertEquals(new Reset.Wrong(), there.accounts.recovery().reset(ANA, other(code), NEW, home));
        }
        assertInstanceOf(Reset.TooMany.class, reset(ANA, code, NEW));
        assertEquals(new Reset.Done(), there.accounts.recovery().reset(ANA, code, NEW, home));
    }

    @Test
    void the_owner_at_home_has_thirty_wrong_guesses_a_day_as_well() {
        there.accounts.login().logInBrowser("ana", OLD, CLIENT);
        for (int i = 0; i < 30; i++) {
            assertEquals(new Reset.Wrong(), reset(ANA, "000000", NEW));
            advance(Duration.ofMinutes(1));
        }
        assertInstanceOf(Reset.TooMany.class, reset(ANA, "000000", NEW));
    }

    @Test
    void another_persons_code_another_purpose_and_an_older_code_open_nothing() {
        here.accounts.manage().create("beto", "beto@example.com", OLD, Role.CLIENTE);
        ask(ANA);
        String older = mailedCode();
        ask("beto@example.com");
        assertEquals(new Reset.Wrong(), reset(ANA, mailedCode(), NEW));
        ask(ANA);
        String newer = mailedCode();
        if (!older.equals(newer)) {
            assertEquals(new Reset.Wrong(), reset(ANA, older, NEW));
        }
        assertInstanceOf(
                ConfirmSignUp.Confirmed.Wrong.class,
                here.accounts.confirmSignUp().confirm(ANA, newer, Instance.client("192.0.2.9")));
        advance(Duration.ofMinutes(1));
        assertEquals(new Reset.Done(), reset(ANA, newer, NEW));
        here.tokens("beto", OLD);
    }

    @Test
    void a_password_against_the_rules_does_not_use_the_code_up() {
        ask(ANA);
        assertInstanceOf(Reset.Invalid.class, reset(ANA, mailedCode(), "12345678"));
        words.sql("UPDATE auth_user SET username = 'azulmarino'");
        assertInstanceOf(Reset.Invalid.class, reset(ANA, mailedCode(), "azulmarino-7"));
        assertEquals(new Reset.Done(), reset(ANA, mailedCode(), NEW));
    }

    @Test
    void of_two_requests_with_one_code_at_once_one_sets_the_password() throws Exception {
        ask(ANA);
        String code = mailedCode();
        List<Callable<Reset>> work = List.of(
                () -> here.accounts.recovery().reset(ANA, code, NEW, CLIENT),
                () -> there.accounts.recovery().reset(ANA, code, NEW, CLIENT));
        List<Reset> outcomes = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(2)) {
            for (Future<Reset> outcome : executor.invokeAll(work)) {
                outcomes.add(outcome.get());
            }
        }
        assertEquals(1, outcomes.stream().filter(new Reset.Done()::equals).count(), outcomes.toString());
        here.tokens("ana", NEW);
    }

    @Test
    void two_accounts_with_one_address_get_a_code_each_and_each_code_opens_its_own() {
        here.accounts.manage().create("ana2", "otra@example.com", OLD, Role.CLIENTE);
        words.sql("UPDATE auth_user SET email = 'Ana@Example.com' WHERE username = 'ana2'");
        ask(ANA);
        List<String> codes = words.texts("SELECT valores ->> 'codigo' FROM correos ORDER BY id");
        assertEquals(2, codes.size());

        assertEquals(new Reset.Done(), reset(ANA, codes.get(1), NEW));

        here.tokens("ana2", NEW);
        here.tokens("ana", OLD);
    }

    @Test
    void an_address_gets_three_letters_in_the_life_of_a_code_and_the_last_code_stays_good() {
        for (int i = 0; i < 6; i++) {
            ask(ANA);
        }
        assertEquals(3, words.number("SELECT count(*) FROM correos"));
        assertEquals(new Reset.Done(), reset(ANA, mailedCode(), NEW));
    }

    @Test
    void rows_are_deleted_after_two_days() {
        ask(ANA);
        int deleted = here.database.<Integer, RuntimeException>inTransaction(
                handle -> Accounts.deleteOldCodes(handle, Instant.now().plus(Duration.ofHours(47))));
        assertEquals(0, deleted);
        deleted = here.database.<Integer, RuntimeException>inTransaction(
                handle -> Accounts.deleteOldCodes(handle, Instant.now().plus(Duration.ofHours(49))));
        assertEquals(1, deleted);
    }
}
