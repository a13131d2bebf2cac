package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.accounts.LogInOutcome.LoggedIn;
import com.electroisla.accounts.LogInOutcome.Refused;
import com.electroisla.accounts.LogInOutcome.TooManyFailures;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.http.server.Replies;
import com.electroisla.logs.HeardLines;
import com.electroisla.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogInIT {
    private static final String PASSWORD = "Isla#verde7";

    @TempDir
    Path folder;

    private Instance here;
    private Instance there;

    @BeforeEach
    void open() {
        JdbcTarget target = MigratedDatabase.create();
        here = new Instance(target, folder.resolve("a"));
        there = new Instance(target, folder.resolve("b"));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void a_network_of_ipv6_counts_at_each_size_that_a_provider_gives_away() {
        for (int i = 0; i < 20; i++) {
            assertInstanceOf(
                    Refused.class, here.logIn("nadie" + i, "mal", "2001:db8:7:%x::1".formatted(0x100 + i)), "i=" + i);
        }
        assertInstanceOf(
                TooManyFailures.class,
                there.logIn("otro", "mal", "2001:db8:7:1ff::1"),
                "four households' worth in one /56");
        for (int i = 0; i < 60; i++) {
            assertInstanceOf(
                    Refused.class,
                    here.logIn("mas" + i, "mal", "2001:db8:7:%x::1".formatted(0x1000 * (1 + i / 20) + i)),
                    "i=" + i);
        }
        assertInstanceOf(
                TooManyFailures.class,
                there.logIn("otro", "mal", "2001:db8:7:ffff::1"),
                "sixteen households' worth in one /48");
        assertInstanceOf(Refused.class, there.logIn("otro", "mal", "2001:db8:8::1"));
    }

    @Test
    void one_that_succeeds_is_taken_back_in_every_network_it_was_counted_in() {
        here.accounts.manage().create("ale", "ale@example.com", PASSWORD, Role.CLIENTE);
        for (int i = 0; i < 7; i++) {
            assertInstanceOf(LoggedIn.class, here.logIn("ale", PASSWORD, "2001:db8:9:1::1"));
        }
        assertEquals("0", value("SELECT sum(cuenta) FROM limites"));
    }

    @Test
    void a_crowd_of_strangers_keeps_nobody_out_who_entered_lately_and_what_found_no_room_stays_counted()
            throws Exception {
        here.accounts.manage().create("ale", "ale@example.com", PASSWORD, Role.CLIENTE);
        assertInstanceOf(LoggedIn.class, here.logIn("ale", PASSWORD, "192.0.2.9"));
        var release = new java.util.concurrent.CountDownLatch(1);
        here.beforeComputing = () -> {
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LogInOutcome<TokenPair>>> crowd = new ArrayList<>();
            for (int i = 0; i < 110; i++) {
                String name = "nadie" + i;
                String address = "198.51.100." + (1 + i);
                crowd.add(executor.submit(() -> here.logIn(name, "mal", address)));
            }
            Eventually.until(() -> crowd.stream().anyMatch(Future::isDone));
            Future<LogInOutcome<TokenPair>> home = executor.submit(() -> here.logIn("ale", PASSWORD, "192.0.2.9"));
            Future<LogInOutcome<TokenPair>> abroad = executor.submit(() -> here.logIn("ale", PASSWORD, "203.0.113.9"));
            Eventually.until(() -> crowd.stream().filter(Future::isDone).count()
                    >= 110 - 64 - Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
            release.countDown();
            assertInstanceOf(LoggedIn.class, home.get());
            assertInstanceOf(LoggedIn.class, abroad.get());
            long busy = 0;
            for (Future<LogInOutcome<TokenPair>> outcome : crowd) {
                busy += outcome.get() instanceof LogInOutcome.Busy ? 1 : 0;
            }
            assertTrue(busy > 0);
        }
        assertEquals("110", value("SELECT sum(cuenta) FROM limites WHERE clave LIKE 'login:ip:198.%'"));
    }

    @Test
    void a_name_that_no_text_of_the_database_can_hold_is_just_a_wrong_one() {
        assertInstanceOf(LogInOutcome.Refused.class, here.logIn("ale\0", "Isla#verde7"));
        assertInstanceOf(LogInOutcome.Refused.class, here.logIn("a".repeat(100_000), "Isla#verde7"));
    }

    @Test
    void whoever_registered_logs_in_as_a_buyer_on_any_instance() {
        var registered = assertInstanceOf(
                RegisterOutcome.Registered.class,
                here.accounts
                        .registration()
                        .register("jose\u0301", "jose@example.com", PASSWORD, Instance.client("192.0.2.1")));

        LoggedIn<?> outcome = assertInstanceOf(LoggedIn.class, there.logIn("josé", PASSWORD));

        assertEquals(registered.profile(), outcome.profile());
        assertEquals(
                new Profile(registered.profile().id(), "josé", "jose@example.com", Role.CLIENTE), outcome.profile());
        assertEquals("josé", here.caller(((TokenPair) outcome.session())).username());
        assertEquals("cliente", value("SELECT rol FROM user_profiles"));
        assertEquals(
                "true",
                value("SELECT (last_login IS NOT NULL AND is_active AND NOT is_staff AND NOT "
                        + "is_superuser)::text FROM auth_user"));
        assertEquals(
                "192.0.2.1 josé login true prueba/1.0",
                value("SELECT concat_ws(' ', host(ip_address), username, attempt_type, success::text, user_agent) "
                        + "FROM login_attempts"));
        assertEquals(
                "false",
                value("SELECT (concat_ws(' ', t.*) LIKE '%%%s%%')::text FROM refresh_tokens t"
                        .formatted(((TokenPair) outcome.session()).refreshToken())),
                "only a hash of it is stored");
    }

    @Test
    void the_role_comes_from_the_profile_or_the_staff_flags_and_nothing_is_written_for_who_has_none() {
        insert("antigua", hash(PASSWORD, 1_000), true, false);
        insert("jefa", hash(PASSWORD, 1_000), true, true);
        here.accounts.manage().create("mario", "", PASSWORD, Role.MENSAJERO);

        assertEquals(Role.CLIENTE, here.caller(here.tokens("antigua", PASSWORD)).role());
        assertEquals(Role.ADMIN, here.caller(here.tokens("jefa", PASSWORD)).role());
        assertEquals(Role.MENSAJERO, here.caller(here.tokens("mario", PASSWORD)).role());
        assertEquals("1", value("SELECT count(*) FROM user_profiles"));
    }

    @Test
    void an_older_hash_is_raised_to_the_current_count_and_still_opens() {
        insert("antigua", hash(PASSWORD, 400), true, false);

        assertInstanceOf(LoggedIn.class, here.logIn("antigua", PASSWORD));

        String raised = value("SELECT password FROM auth_user");
        assertTrue(raised.startsWith("pbkdf2_sha256$1000$"), raised);
        assertInstanceOf(LoggedIn.class, here.logIn("antigua", PASSWORD));
        assertEquals(raised, value("SELECT password FROM auth_user"));
    }

    @Test
    void a_password_that_was_changed_while_the_old_one_was_being_verified_is_neither_overwritten_nor_evaded() {
        insert("antigua", hash(PASSWORD, 400), true, false);
        String changed = hash("Otra#clave9", 1_000);
        here.beforeComputing = () ->
                there.database.useTransaction(handle -> handle.createUpdate("UPDATE auth_user SET password = :changed")
                        .bind("changed", changed)
                        .execute());

        assertInstanceOf(Refused.class, here.logIn("antigua", PASSWORD));

        assertEquals(changed, value("SELECT password FROM auth_user"));
        assertEquals("0", value("SELECT count(*) FROM refresh_tokens"));
    }

    @Test
    void every_refusal_is_the_same_and_costs_the_same() {
        insert("antigua", hash(PASSWORD, 400), true, false);
        insert("actual", hash(PASSWORD, 1_000), true, false);
        insert("baja", hash(PASSWORD, 1_000), false, false);
        insert("baja antigua", hash(PASSWORD, 400), false, false);
        insert("sin clave", "!inservible", true, false);

        assertRefusedAtFullCost("nadie", PASSWORD);
        assertRefusedAtFullCost("x".repeat(5_000), PASSWORD);
        assertRefusedAtFullCost("mal\ud800", PASSWORD);
        assertRefusedAtFullCost("antigua", "equivocada");
        assertRefusedAtFullCost("actual", "equivocada");
        assertRefusedAtFullCost("baja", PASSWORD);
        assertRefusedAtFullCost("baja", "equivocada");
        assertRefusedAtFullCost("baja antigua", PASSWORD);
        assertRefusedAtFullCost("sin clave", PASSWORD);
        assertEquals("9", value("SELECT count(*) FROM login_attempts WHERE NOT success"));
    }

    @Test
    void after_five_failures_in_a_minute_even_the_right_password_waits_for_the_minute_to_end() {
        insert("ale", hash(PASSWORD, 1_000), true, false);
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Refused.class, (i % 2 == 0 ? here : there).logIn("ale", "mal", "192.0.2." + i));
        }
        here.computed.clear();

        var refused = assertInstanceOf(TooManyFailures.class, here.logIn("ale", PASSWORD, "192.0.2.9"));

        assertTrue(refused.limit().retryAfterSeconds() <= 60);
        assertEquals(List.of(), here.computed, "a limited attempt costs nothing");
        here.moved = Duration.ofSeconds(61);
        assertInstanceOf(LoggedIn.class, here.logIn("ale", PASSWORD, "192.0.2.9"));
    }

    @Test
    void an_address_that_tries_five_names_is_stopped_and_others_are_not() {
        insert("ale", hash(PASSWORD, 1_000), true, false);
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Refused.class, here.logIn("nombre" + i, "mal", "2001:db8:0:1::" + (i + 1)));
        }

        assertInstanceOf(TooManyFailures.class, there.logIn("ale", PASSWORD, "2001:db8:0:1:ffff::9"));
        assertInstanceOf(LoggedIn.class, there.logIn("ale", PASSWORD, "2001:db8:0:2::1"));
        assertEquals("0", value("SELECT cuenta FROM limites WHERE clave = 'login:usuario:ale'"));
    }

    @Test
    void successes_never_add_up() {
        insert("ale", hash(PASSWORD, 1_000), true, false);
        for (int i = 0; i < 8; i++) {
            assertInstanceOf(LoggedIn.class, here.logIn("ale", PASSWORD));
        }
    }

    @Test
    void of_100_wrong_attempts_at_once_on_two_instances_never_more_than_five_are_judged() throws Exception {
        insert("ale", hash(PASSWORD, 1_000), true, false);
        List<Callable<LogInOutcome<TokenPair>>> work = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            work.add(() -> (number % 2 == 0 ? here : there).logIn("ale", "mal" + number, "192.0.2." + number));
        }

        Map<Class<?>, Integer> outcomes = count(work);

        assertEquals(Map.of(Refused.class, 5, TooManyFailures.class, 95), outcomes);
        assertEquals(5, here.computed.size() + there.computed.size());
        assertEquals("5", value("SELECT count(*) FROM login_attempts"));
    }

    @Test
    void many_who_log_in_at_once_from_one_address_with_the_right_password_all_get_in() throws Exception {
        List<Callable<LogInOutcome<TokenPair>>> work = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String username = "usuario" + i;
            insert(username, hash(PASSWORD, 1_000), true, false);
            work.add(() -> here.logIn(username, PASSWORD));
        }

        assertEquals(Map.of(LoggedIn.class, 30), count(work));
    }

    @Test
    void with_the_limit_off_nothing_is_counted() {
        insert("ale", hash(PASSWORD, 1_000), true, false);
        try (var unlimited = new Instance(
                here.database.target(), folder.resolve("c"), Map.of(Setting.LOGIN_LIMIT, "off"), RevocationFeed.NONE)) {
            for (int i = 0; i < 7; i++) {
                assertInstanceOf(Refused.class, unlimited.logIn("ale", "mal"));
            }
            assertInstanceOf(LoggedIn.class, unlimited.logIn("ale", PASSWORD));
        }
        assertEquals("0", value("SELECT count(*) FROM limites"));
    }

    @Test
    void of_two_who_register_one_name_at_once_exactly_one_gets_it() throws Exception {
        List<Callable<RegisterOutcome>> work = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Instance instance = i == 0 ? here : there;
            var client = Instance.client("192.0.2.1");
            work.add(() -> instance.accounts.registration().register("nueva", "n@example.com", PASSWORD, client));
        }

        assertEquals(Map.of(RegisterOutcome.Registered.class, 1, RegisterOutcome.UsernameTaken.class, 1), count(work));
        assertEquals(
                "1 1", value("SELECT (SELECT count(*) FROM auth_user) || ' ' || (SELECT count(*) FROM user_profiles)"));
    }

    @Test
    void an_address_registers_ten_times_an_hour_refused_ones_included() {
        Client client = Instance.client("192.0.2.1");
        for (int i = 0; i < 10; i++) {
            assertTrue((i % 2 == 0 ? here : there)
                    .accounts
                    .registration()
                    .admit(client)
                    .isEmpty());
        }

        assertEquals(
                429,
                Replies.problem(here.accounts.registration().admit(client).orElseThrow())
                        .code()
                        .status());
        assertTrue(
                here.accounts.registration().admit(Instance.client("192.0.2.2")).isEmpty());
        here.moved = Duration.ofMinutes(61);
        assertTrue(here.accounts.registration().admit(client).isEmpty());
    }

    @Test
    void neither_a_password_nor_a_token_reaches_a_log_and_no_name_forges_a_line() {
        insert("ale", hash(PASSWORD, 1_000), true, false);
        try (HeardLines heard = HeardLines.of("electroisla.auth", "electroisla.security")) {
            TokenPair first = here.tokens("ale", PASSWORD);
            TokenPair second = ((RefreshOutcome.Refreshed) here.refresh(first.refreshToken())).tokens();
            here.refresh(first.refreshToken());
            here.logIn("ale\nlogin usuario=admin", "secreta-mal");
            TokenPair third = here.tokens("ale", PASSWORD);
            here.accounts.logOut(here.caller(third), Instance.client("192.0.2.1"));

            assertEquals(
                    List.of(
                            "login usuario=ale ip=192.0.2.1",
                            "refresh token reutilizado, sesión revocada usuario_id=1 ip=192.0.2.1",
                            "login fallido usuario=ale?login usuario=admin ip=192.0.2.1",
                            "login usuario=ale ip=192.0.2.1",
                            "logout usuario=ale ip=192.0.2.1"),
                    heard.lines());
            for (String secret : List.of(PASSWORD, "secreta-mal", first.accessToken(), second.refreshToken())) {
                assertEquals(
                        List.of(),
                        heard.lines().stream()
                                .filter(line -> line.contains(secret))
                                .toList());
            }
        }
    }

    private void assertRefusedAtFullCost(String username, String password) {
        here.computed.clear();
        // each from an address and a minute of its own, so that no limit is reached
        here.moved = here.moved.plusMinutes(2);
        assertEquals(new Refused<>(), here.logIn(username, password));
        assertEquals(
                Instance.ITERATIONS,
                here.computed.stream().mapToInt(Integer::intValue).sum(),
                username + here.computed);
    }

    private static <T> Map<Class<?>, Integer> count(List<Callable<T>> work) throws Exception {
        Map<Class<?>, Integer> outcomes = new java.util.HashMap<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> outcome : executor.invokeAll(work)) {
                outcomes.merge(outcome.get().getClass(), 1, Integer::sum);
            }
        }
        return outcomes;
    }

    private void insert(String username, String hash, boolean active, boolean staff) {
        here.database.useTransaction(handle -> handle.createUpdate("""
                        INSERT INTO auth_user (username, password, is_superuser, is_staff, is_active, first_name,
                                               last_name,
                                               email, date_joined)
                        VALUES (:username, :hash, false, :staff, :active, '', '', '', now())
                        """)
                .bind("username", username)
                .bind("hash", hash)
                .bind("active", active)
                .bind("staff", staff)
                .execute());
    }

    private String value(String sql) {
        return here.database.read(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    static String hash(String password, int iterations) {
        byte[] key = KeyDerivation.JDK.derive(KeyDerivation.Digest.SHA256, password, "saldeprueba", iterations);
        return "pbkdf2_sha256$" + iterations + "$saldeprueba$"
                + new String(Base64.getEncoder().encode(key), StandardCharsets.US_ASCII);
    }
}
