package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopWords;
import com.electroisla.accounts.ConfirmSignUp.Confirmed;
import com.electroisla.accounts.SignUpByMail.Begun;
import com.electroisla.accounts.SignUpByMail.Resent;
import com.electroisla.accounts.SignUpByMail.Status;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignUpByMailIT {
    private static final String PASSWORD = "Isla#verde7";
    private static final Locale SPANISH = Locale.of("es");
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
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private Begun begin(String username, String email) {
        return begin(username, email, PASSWORD);
    }

    private Begun begin(String username, String email, String password) {
        var wanted = new SignUp(username, email, password, "Ana", "Pérez");
        return here.accounts.signUpByMail().begin(wanted, SPANISH, CLIENT);
    }

    private Confirmed confirm(String email, String code) {
        return there.accounts.confirmSignUp().confirm(email, code, CLIENT);
    }

    private Resent resend(String email) {
        return here.accounts.signUpByMail().resend(email, SPANISH, CLIENT);
    }

    private Status status(String email) {
        return here.accounts.signUpByMail().status(email);
    }

    private void advance(Duration by) {
        here.moved = here.moved.plus(by);
        there.moved = here.moved;
    }

    /** The code of the newest letter. */
    private String mailedCode() {
        return words.text("SELECT valores ->> 'codigo' FROM correos ORDER BY id DESC LIMIT 1");
    }

    /** A code of six digits that is not this one. */
    private static String other(String code) {
        return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
    }

    private long accounts() {
        return words.number("SELECT count(*) FROM auth_user");
    }

    @Test
    void a_registration_is_no_account_until_its_code_comes_back_and_opens_it_once() {
        assertEquals(new Begun.Waiting(Duration.ofMinutes(15)), begin("ana", "Ana@example.com"));
        assertEquals(0, accounts());
        String code = mailedCode();
        assertEquals(
                "codigo_registro Ana@example.com es",
                words.text("SELECT concat_ws(' ', tipo, para, idioma) FROM correos"));
        assertTrue(code.matches("[0-9]{6}"), code);

        var opened = assertInstanceOf(Confirmed.Opened.class, confirm("ANA@example.com", code));

        assertEquals(
                "ana Ana@example.com CLIENTE",
                opened.profile().username() + " " + opened.profile().email() + " "
                        + opened.profile().role());
        assertEquals(
                "Ana Pérez t", words.text("SELECT concat_ws(' ', first_name, last_name, is_active) FROM auth_user"));
        here.tokens("ana", PASSWORD);
        assertInstanceOf(Confirmed.Wrong.class, confirm("ana@example.com", code));
        assertEquals(0, words.number("SELECT count(*) FROM codigos_correo WHERE clave IS NOT NULL"));
    }

    @Test
    void nothing_in_the_table_tells_the_code() {
        begin("ana", "ana@example.com");
        String code = mailedCode();
        String row = words.text("SELECT row_to_json(c)::text FROM codigos_correo c");

        assertFalse(row.contains(code));
        String salt = words.text("SELECT sal FROM codigos_correo");
        assertEquals(
                0,
                words.number(
                        "SELECT count(*) FROM codigos_correo WHERE huella IN (sha256(convert_to(?, 'UTF8')),"
                                + " sha256(convert_to(?, 'UTF8')))",
                        code,
                        salt + code));
    }

    @Test
    void a_code_opens_its_own_registration_whoever_registered_the_same_address_before_or_after() {
        begin("ana", "ana@example.com");
        String mine = mailedCode();
        begin("mallory", "ana@example.com", "Tren=nocturno5");
        String theirs = mailedCode();
        assertNotEquals(mine, theirs);

        var opened = assertInstanceOf(Confirmed.Opened.class, confirm("ana@example.com", mine));

        assertEquals("ana", opened.profile().username());
        here.tokens("ana@example.com", PASSWORD);
        assertInstanceOf(Confirmed.Wrong.class, confirm("ana@example.com", theirs));
        assertEquals(1, accounts());
    }

    @Test
    void a_code_of_another_address_opens_nothing() {
        begin("ana", "ana@example.com");
        String hers = mailedCode();
        begin("beto", "beto@example.com");

        assertInstanceOf(Confirmed.Wrong.class, confirm("beto@example.com", hers));
        assertEquals(0, accounts());
    }

    @Test
    void five_wrong_guesses_kill_a_code_and_another_code_is_another_chance() {
        begin("ana", "ana@example.com");
        String code = mailedCode();
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Confirmed.Wrong.class, confirm("ana@example.com", other(code)));
        }
        assertInstanceOf(Confirmed.TooMany.class, confirm("ana@example.com", code));
        advance(Duration.ofMinutes(1));
        assertInstanceOf(Confirmed.Wrong.class, confirm("ana@example.com", code));

        assertInstanceOf(Resent.Sent.class, resend("ana@example.com"));
        assertNotEquals(code, mailedCode());
        assertInstanceOf(Confirmed.Opened.class, confirm("ana@example.com", mailedCode()));
    }

    @Test
    void of_300_guesses_at_once_over_two_instances_a_code_is_compared_with_five() throws Exception {
        begin("ana", "ana@example.com");
        List<Callable<Confirmed>> guesses = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Client client = Instance.client("198.51.%d.%d".formatted(i / 100, i % 100));
            String code = "%06d".formatted(i);
            Instance instance = i % 2 == 0 ? here : there;
            guesses.add(() -> instance.accounts.confirmSignUp().confirm("ana@example.com", code, client));
        }
        words.sql("UPDATE codigos_correo SET huella = '\\x00'");

        Map<Class<?>, Long> outcomes;
        try (var executor = Executors.newFixedThreadPool(60)) {
            List<Confirmed> all = new ArrayList<>();
            for (Future<Confirmed> guess : executor.invokeAll(guesses)) {
                all.add(guess.get());
            }
            outcomes = all.stream().collect(Collectors.groupingBy(Object::getClass, Collectors.counting()));
        }

        assertEquals(Map.of(Confirmed.Wrong.class, 5L, Confirmed.TooMany.class, 295L), outcomes);
        assertEquals(5, words.number("SELECT fallos FROM codigos_correo"));
    }

    @Test
    void an_address_has_thirty_wrong_guesses_a_day_however_many_codes_are_asked_for() {
        int wrong = 0;
        for (int round = 0; round < 12; round++) {
            begin("ana" + round, "ana@example.com");
            for (int i = 0; i < 5; i++) {
                wrong += confirm("ana@example.com", "000000") instanceof Confirmed.Wrong ? 1 : 0;
            }
            advance(Duration.ofMinutes(20));
        }
        assertEquals(30, wrong);
        begin("ana", "ana@example.com");
        assertInstanceOf(Confirmed.TooMany.class, confirm("ana@example.com", mailedCode()));
        advance(Duration.ofDays(1));
        begin("ana", "ana@example.com");
        assertInstanceOf(Confirmed.Opened.class, confirm("ana@example.com", mailedCode()));
    }

    @Test
    void a_code_ends_after_fifteen_minutes() {
        begin("ana", "ana@example.com");
        String code = mailedCode();
        advance(Duration.ofMinutes(15));
        assertInstanceOf(Confirmed.Wrong.class, confirm("ana@example.com", code));
        resend("ana@example.com");
        advance(Duration.ofMinutes(14));
        assertInstanceOf(Confirmed.Opened.class, confirm("ana@example.com", mailedCode()));
    }

    @Test
    void an_address_that_has_an_account_gets_the_same_answers_and_another_letter() {
        here.accounts.manage().create("ana", "ana@example.com", PASSWORD, Role.CLIENTE);
        here.computed.clear();

        Begun known = begin("otra", "ANA@example.com");
        assertEquals("cuenta_existente", words.text("SELECT tipo FROM correos"));
        List<Integer> cost = List.copyOf(here.computed);
        here.computed.clear();
        Begun unknown = begin("otra", "nadie@example.com");

        assertEquals(unknown, known);
        assertEquals(List.copyOf(here.computed), cost, "the password is hashed for both");
        assertEquals(seen("nadie@example.com"), seen("ana@example.com"));
        for (String email : List.of("ana@example.com", "nadie@example.com")) {
            assertEquals(new Resent.Sent(Duration.ofMinutes(15)), resend(email));
            assertInstanceOf(Resent.TooMany.class, resend(email));
        }
        assertEquals(seen("nadie@example.com"), seen("ana@example.com"));
        for (int i = 0; i < 5; i++) {
            assertEquals(confirm("nadie@example.com", "000000"), confirm("ana@example.com", "000000"));
            advance(Duration.ofMinutes(1));
        }
        assertEquals(1, accounts());
        assertEquals(
                "cuenta_existente 1, codigo_registro 2",
                words.text("SELECT string_agg(tipo || ' ' || n, ', ' ORDER BY tipo DESC) FROM"
                        + " (SELECT tipo, count(*) n FROM correos GROUP BY tipo) x"));
    }

    /** A status as the page shows it, without the moments. */
    private String seen(String email) {
        Status status = status(email);
        return status.until().isPresent() + " " + status.resends() + " " + status.canResend();
    }

    @Test
    void a_taken_name_is_refused_and_never_tells_an_address() {
        here.accounts.manage().create("ana", "ana@example.com", PASSWORD, Role.CLIENTE);

        assertInstanceOf(Begun.UsernameTaken.class, begin("ANA", "otra@example.com"));
        for (String address : List.of("ana@example.com", "nadie@example.com")) {
            var invalid = assertInstanceOf(Begun.Invalid.class, begin(address, "otra@example.com"));
            assertEquals("usuario_correo_ajeno", invalid.unfit().reason());
            assertInstanceOf(Begun.Waiting.class, begin(address, address));
        }
        assertEquals("cuenta_existente", words.text("SELECT tipo FROM correos WHERE para = 'ana@example.com'"));
    }

    @Test
    void a_name_that_was_taken_meanwhile_is_told_to_the_owner_of_the_code() {
        begin("ana", "ana@example.com");
        String code = mailedCode();
        here.accounts.manage().create("ana", "otra@example.com", PASSWORD, Role.CLIENTE);

        assertEquals(new Confirmed.Taken(true), confirm("ana@example.com", code));
        assertEquals(1, accounts());
    }

    @Test
    void of_two_who_send_one_code_at_once_one_opens_the_account() throws Exception {
        begin("ana", "ana@example.com");
        String code = mailedCode();
        List<Callable<Confirmed>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Instance instance = i % 2 == 0 ? here : there;
            work.add(() -> instance.accounts.confirmSignUp().confirm("ana@example.com", code, CLIENT));
        }
        int opened = 0;
        try (var executor = Executors.newFixedThreadPool(4)) {
            for (Future<Confirmed> outcome : executor.invokeAll(work)) {
                opened += outcome.get() instanceof Confirmed.Opened ? 1 : 0;
            }
        }
        assertEquals(1, opened);
        assertEquals(1, accounts());
    }

    @Test
    void the_status_counts_what_was_sent_again_and_three_times_are_the_most() {
        assertEquals(new Status(Optional.empty(), 0, 0, false), status("ana@example.com"));
        begin("ana", "ana@example.com");
        assertEquals(0, status("ana@example.com").resends());
        assertTrue(status("ana@example.com").canResend());
        for (int i = 1; i <= 3; i++) {
            assertInstanceOf(Resent.Sent.class, resend("ana@example.com"));
            Status now = status("Ana@example.com");
            assertEquals(i, now.resends());
            assertFalse(now.canResend());
            assertTrue(now.resendSeconds() > 20 && now.resendSeconds() <= 60, now.toString());
            assertInstanceOf(Resent.TooMany.class, resend("ana@example.com"));
            advance(Duration.ofMinutes(1));
            assertEquals(i < 3, status("ana@example.com").canResend());
        }
        assertInstanceOf(Resent.TooMany.class, resend("ana@example.com"));
        assertEquals(4, words.number("SELECT count(*) FROM correos"));
    }

    @Test
    void each_waiting_registration_of_an_address_gets_its_own_code_again() {
        begin("ana", "ana@example.com");
        begin("mallory", "ana@example.com", "Tren=nocturno5");
        resend("ana@example.com");

        String hers =
                words.text("SELECT valores ->> 'codigo' FROM correos WHERE clave = (SELECT 'registro-' || id || '-2'"
                        + " FROM codigos_correo WHERE username = 'ana')");
        assertEquals(
                "ana",
                assertInstanceOf(Confirmed.Opened.class, confirm("ana@example.com", hers))
                        .profile()
                        .username());
    }

    @Test
    void an_address_gets_three_registrations_in_a_quarter_of_an_hour() {
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Begun.Waiting.class, begin("ana" + i, "ana@example.com"));
        }
        assertInstanceOf(Begun.TooMany.class, begin("ana", "ANA@example.com"));
        assertInstanceOf(Begun.Waiting.class, begin("ana", "otra@example.com"));
    }

    @Test
    void whoever_only_looks_has_at_most_one_letter_an_hour_sent_and_only_to_an_account() {
        here.accounts.manage().create("ana", "ana@example.com", PASSWORD, Role.CLIENTE);
        for (int i = 0; i < 3; i++) {
            here.accounts.signUpByMail().tellIfKnown("ANA@example.com", SPANISH, CLIENT);
            here.accounts.signUpByMail().tellIfKnown("nadie@example.com", SPANISH, CLIENT);
            here.accounts.signUpByMail().tellIfKnown("no es un correo", SPANISH, CLIENT);
        }
        assertEquals("cuenta_existente ana@example.com", words.text("SELECT tipo || ' ' || para FROM correos"));
    }

    @Test
    void an_account_is_told_once_an_hour_however_somebody_asks_and_never_at_another_address() {
        here.accounts.manage().create("ana", "ana@example.com", PASSWORD, Role.CLIENTE);
        begin("otra", "ANA@example.com");
        begin("otra2", "aNA@example.com");
        resend("ana@example.com");
        here.accounts.signUpByMail().tellIfKnown("ana@example.com", SPANISH, CLIENT);
        assertEquals(
                List.of("cuenta_existente ana@example.com pendiente"),
                words.texts("SELECT concat_ws(' ', tipo, para, estado) FROM correos"));
        advance(Duration.ofHours(1));
        resend("ana@example.com");
        assertEquals(2, words.number("SELECT count(*) FROM correos"));
    }

    @Test
    void an_address_that_the_database_alone_takes_for_another_is_refused_and_counts_nothing() {
        var invalid = assertInstanceOf(Begun.Invalid.class, begin("otra", "ana@gmaİl.com"));
        assertEquals("correo_invalido", invalid.unfit().reason());
        here.accounts.signUpByMail().tellIfKnown("ana@gmaİl.com", SPANISH, CLIENT);
        assertEquals(0, words.number("SELECT count(*) FROM limites"));
        assertEquals(0, words.number("SELECT count(*) FROM correos"));
    }
}
