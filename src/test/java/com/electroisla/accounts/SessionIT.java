package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.RefreshOutcome.Refreshed;
import com.electroisla.accounts.RefreshOutcome.Refused;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one database. */
class SessionIT {
    private static final String PASSWORD = "Isla#verde7";
    private static final Client CLIENT = Instance.client("192.0.2.1");

    @TempDir
    Path folder;

    private JdbcTarget target;
    private Instance here;
    private Instance there;
    private int ale;

    @BeforeEach
    void open() {
        target = MigratedDatabase.create();
        here = new Instance(target, folder.resolve("a"));
        there = new Instance(target, folder.resolve("b"));
        ale = here.accounts
                .manage()
                .create("ale", "ale@example.com", PASSWORD, Role.CLIENTE)
                .orElseThrow()
                .id();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void a_refresh_token_is_exchanged_once_and_brings_name_and_role_up_to_date() {
        TokenPair first = here.tokens("ale", PASSWORD);
        execute("UPDATE user_profiles SET rol = 'trabajador'");

        TokenPair second = refreshed(there, first.refreshToken());

        assertNotEquals(first.refreshToken(), second.refreshToken());
        assertEquals(Role.TRABAJADOR, here.caller(second).role());
        assertEquals(here.caller(first).family(), here.caller(second).family());
        assertTrue(here.letsIn(first), "what was issued before goes on until it expires");
        refreshed(here, second.refreshToken());
    }

    @Test
    void a_reused_refresh_token_ends_its_whole_family_everywhere_and_no_other() throws Exception {
        TokenPair stolen = here.tokens("ale", PASSWORD);
        TokenPair other = here.tokens("ale", PASSWORD);
        there.hear(stolen);
        TokenPair next = refreshed(here, stolen.refreshToken());

        assertInstanceOf(Refused.class, here.refresh(stolen.refreshToken()));

        assertFalse(here.letsIn(stolen) || here.letsIn(next));
        there.feed.next();
        assertFalse(there.letsIn(stolen) || there.letsIn(next));
        assertInstanceOf(Refused.class, there.refresh(next.refreshToken()));
        assertEquals("reuso", value("SELECT razon FROM token_blacklist"));
        assertEquals("1", value("SELECT count(*) FROM refresh_tokens WHERE NOT revocado"));
        assertTrue(there.letsIn(other));
        refreshed(there, other.refreshToken());
    }

    @Test
    void a_refresh_token_ends_after_seven_days_and_nothing_else_does() {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        there.moved = Duration.ofDays(7);
        assertInstanceOf(Refused.class, there.refresh(tokens.refreshToken()));

        there.moved = Duration.ofDays(7).minusMinutes(1);
        refreshed(there, tokens.refreshToken());
    }

    @Test
    void a_family_ends_thirty_days_after_its_sign_in_however_often_it_was_exchanged() {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        for (int day = 6; day <= 24; day += 6) {
            there.moved = Duration.ofDays(day);
            tokens = refreshed(there, tokens.refreshToken());
        }
        there.moved = Duration.ofDays(30).minusMinutes(1);
        tokens = refreshed(there, tokens.refreshToken());

        assertEquals(
                "t",
                value("SELECT bool_and(expires_at <= (SELECT min(created_at) FROM refresh_tokens) + "
                        + "interval '30 days') FROM refresh_tokens"));
        there.moved = Duration.ofDays(30);
        assertInstanceOf(Refused.class, there.refresh(tokens.refreshToken()));
    }

    @Test
    void a_family_that_a_server_of_the_version_before_goes_on_with_keeps_its_beginning() {
        TokenPair first = here.tokens("ale", PASSWORD);
        TokenPair second = refreshed(here, first.refreshToken());
        execute("UPDATE refresh_tokens SET familia_desde = NULL");
        execute("UPDATE refresh_tokens SET created_at = created_at - interval '30 days' WHERE revocado");

        assertInstanceOf(Refused.class, here.refresh(second.refreshToken()));
    }

    @Test
    void a_caller_is_what_the_account_is_now_whoever_changed_it() {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        execute("UPDATE user_profiles SET rol = 'trabajador'");
        assertEquals(
                Role.TRABAJADOR,
                here.accounts.present(here.caller(tokens)).orElseThrow().role());
        execute("UPDATE user_profiles SET rol = 'cliente'");
        assertEquals(
                Role.CLIENTE,
                here.accounts.present(here.caller(tokens)).orElseThrow().role());

        execute("UPDATE auth_user SET is_active = false");
        assertTrue(here.accounts.present(here.caller(tokens)).isEmpty());
    }

    @Test
    void every_instance_hears_of_each_change_that_matters_to_a_reader_and_of_no_login() throws Exception {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        here.hear(tokens);
        Caller caller = here.caller(tokens);
        assertEquals(Optional.of(caller), here.accounts.presentToRead(caller));

        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        changes.put("UPDATE user_profiles SET rol = 'trabajador'", Optional.of("ale trabajador"));
        changes.put("DELETE FROM user_profiles; UPDATE auth_user SET is_staff = true", Optional.of("ale admin"));
        changes.put("UPDATE auth_user SET is_staff = false", Optional.of("ale cliente"));
        changes.put(
                "INSERT INTO user_profiles (user_id, rol, created_at, "
                        + "updated_at) SELECT id, 'mensajero', now(), now() FROM auth_user",
                Optional.of("ale mensajero"));
        changes.put("UPDATE user_profiles SET rol = 'cliente'", Optional.of("ale cliente"));
        changes.put("UPDATE auth_user SET username = 'alejandra'", Optional.of("alejandra cliente"));
        changes.put("UPDATE auth_user SET is_active = false", Optional.empty());
        changes.put("UPDATE auth_user SET is_active = true", Optional.of("alejandra cliente"));
        changes.put("DELETE FROM refresh_tokens; DELETE FROM user_profiles; DELETE FROM auth_user", Optional.empty());
        for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
            execute("UPDATE auth_user SET last_login = now(); NOTIFY electro_isla_revocaciones, 'usuario:nadie'");
            assertEquals("usuarios", here.feed.next());
            execute(change.getKey());
            assertEquals("usuario:" + ale, here.feed.next(), change::getKey);
            assertEquals(
                    change.getValue(),
                    here.accounts
                            .presentToRead(caller)
                            .map(now -> now.username() + " " + now.role().text()),
                    change::getKey);
        }
    }

    @Test
    void logging_out_with_the_token_of_a_deleted_account_says_that_nobody_is_there() {
        Caller caller = here.caller(here.tokens("ale", PASSWORD));
        execute("DELETE FROM refresh_tokens; DELETE FROM user_profiles; DELETE FROM auth_user");

        assertFalse(here.accounts.logOut(caller, CLIENT));
        assertTrue(here.accounts.present(caller).isEmpty());
    }

    @Test
    void an_unknown_token_one_of_the_old_shop_and_one_of_an_inactive_user_are_refused() {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        assertInstanceOf(Refused.class, here.refresh("nadie"));
        assertInstanceOf(Refused.class, here.refresh(""));
        assertInstanceOf(Refused.class, here.refresh(tokens.accessToken()));

        execute("UPDATE auth_user SET is_active = false");
        assertInstanceOf(Refused.class, here.refresh(tokens.refreshToken()));
        execute("UPDATE auth_user SET is_active = true");
        execute("UPDATE refresh_tokens SET familia = NULL");
        assertInstanceOf(Refused.class, here.refresh(tokens.refreshToken()));
    }

    @Test
    void of_two_exchanges_of_one_token_at_once_exactly_one_wins_and_the_family_ends() throws Exception {
        for (int round = 0; round < 5; round++) {
            TokenPair tokens = here.tokens("ale", PASSWORD);
            List<Callable<RefreshOutcome>> work =
                    List.of(() -> here.refresh(tokens.refreshToken()), () -> there.refresh(tokens.refreshToken()));
            List<Refreshed> won = new ArrayList<>();
            try (var executor = Executors.newFixedThreadPool(2)) {
                for (Future<RefreshOutcome> outcome : executor.invokeAll(work)) {
                    if (outcome.get() instanceof Refreshed refreshed) {
                        won.add(refreshed);
                    }
                }
            }
            assertEquals(1, won.size());
            assertInstanceOf(Refused.class, here.refresh(won.getFirst().tokens().refreshToken()));
        }
    }

    @Test
    void logout_holds_at_once_here_and_there_as_soon_as_it_is_heard() throws Exception {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        TokenPair other = here.tokens("ale", PASSWORD);
        there.hear(tokens);
        assertTrue(there.letsIn(tokens));
        String family = here.caller(tokens).family();

        here.accounts.logOut(here.caller(tokens), CLIENT);

        assertFalse(here.letsIn(tokens));
        assertInstanceOf(Refused.class, there.refresh(tokens.refreshToken()));
        assertEquals(family, there.feed.next());
        assertFalse(there.letsIn(tokens));
        assertTrue(there.letsIn(other) && here.letsIn(other));
        assertEquals(
                "familia:" + family + " logout " + ale,
                value("SELECT concat_ws(' ', token, razon, usuario_id) FROM token_blacklist"));
    }

    @Test
    void logging_out_twice_is_one_logout() {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        Caller caller = here.caller(tokens);

        here.accounts.logOut(caller, CLIENT);
        there.accounts.logOut(caller, CLIENT);

        assertEquals("1", value("SELECT count(*) FROM token_blacklist"));
    }

    @Test
    void while_the_link_is_down_every_request_asks_the_database() {
        try (var deaf = new Instance(
                target, folder.resolve("c"), Map.of(), new PostgresRevocationFeed(() -> target, Duration.ofHours(1)))) {
            TokenPair tokens = here.tokens("ale", PASSWORD);
            TokenPair other = here.tokens("ale", PASSWORD);
            deaf.hear(tokens);

            killListeners();
            deaf.await(false);
            here.accounts.logOut(here.caller(tokens), CLIENT);

            assertFalse(deaf.letsIn(tokens));
            assertTrue(deaf.letsIn(other));
        }
    }

    @Test
    void what_was_revoked_while_the_link_was_down_is_known_when_it_is_back() {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        TokenPair other = here.tokens("ale", PASSWORD);
        assertTrue(there.letsIn(other));
        there.hear(tokens);

        killListeners();
        there.await(false);
        here.accounts.logOut(here.caller(tokens), CLIENT);
        there.await(true);
        there.database.close();

        assertFalse(there.letsIn(tokens));
        assertTrue(there.letsIn(other), "answered from memory: this instance can no longer ask");
    }

    @Test
    void what_was_revoked_before_an_instance_started_is_known_to_it() {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        TokenPair other = here.tokens("ale", PASSWORD);
        here.accounts.logOut(here.caller(tokens), CLIENT);

        assertFalse(there.letsIn(tokens), "before it listens");
        there.hear(tokens);
        assertTrue(there.letsIn(other));
        there.database.close();
        assertFalse(there.letsIn(tokens), "from memory");
    }

    @Test
    void a_database_without_notifications_is_asked_every_time() {
        try (var alone = new Instance(target, folder.resolve("c"), Map.of(), RevocationFeed.NONE)) {
            TokenPair tokens = here.tokens("ale", PASSWORD);
            assertTrue(alone.letsIn(tokens));
            here.accounts.logOut(here.caller(tokens), CLIENT);
            assertFalse(alone.letsIn(tokens));
        }
    }

    @Test
    void a_new_password_ends_every_session_and_the_old_password() throws Exception {
        TokenPair one = here.tokens("ale", PASSWORD);
        TokenPair two = there.tokens("ale", PASSWORD);
        there.hear(one);

        assertTrue(here.accounts.manage().changePassword(ale, "Otra#clave9"));

        assertFalse(here.letsIn(one) || here.letsIn(two));
        there.feed.next();
        there.feed.next();
        assertFalse(there.letsIn(one) || there.letsIn(two));
        assertInstanceOf(Refused.class, there.refresh(two.refreshToken()));
        assertInstanceOf(LogInOutcome.Refused.class, here.logIn("ale", PASSWORD));
        assertTrue(there.letsIn(here.tokens("ale", "Otra#clave9")));
        assertFalse(here.accounts.manage().changePassword(9_999, "Otra#clave9"));
    }

    @Test
    void a_superuser_is_an_admin_and_a_name_is_given_once() {
        Profile created =
                here.accounts.manage().createSuperuser("jefa", "", "x").orElseThrow();

        assertEquals(Role.ADMIN, here.caller(here.tokens("jefa", "x")).role());
        assertEquals("true admin", value("""
                SELECT concat_ws(' ', CASE WHEN is_superuser AND is_staff THEN 'true' END, rol)
                FROM auth_user u JOIN user_profiles p ON p.user_id = u.id WHERE u.id = %d""".formatted(created.id())));
        assertTrue(here.accounts.manage().createSuperuser("ｊｅｆａ", "", "x").isEmpty());
    }

    @Test
    void what_can_no_longer_matter_is_forgotten() {
        TokenPair tokens = here.tokens("ale", PASSWORD);
        here.accounts.logOut(here.caller(tokens), CLIENT);
        here.tokens("ale", PASSWORD);

        assertEquals(0, deleteEnded(Duration.ofDays(13)));
        assertEquals(3, deleteEnded(Duration.ofDays(15)));
        assertEquals("0", value("SELECT count(*) FROM token_blacklist"));
    }

    private int deleteEnded(Duration later) {
        return here.database.inTransaction(
                handle -> Accounts.deleteEnded(handle, Instant.now().plus(later)));
    }

    private static TokenPair refreshed(Instance instance, String refreshToken) {
        return assertInstanceOf(Refreshed.class, instance.refresh(refreshToken)).tokens();
    }

    private void killListeners() {
        value("""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE application_name = '%s'
                    AND datname = current_database()""".formatted(PostgresRevocationFeed.APPLICATION_NAME));
    }

    private void execute(String sql) {
        here.database.useTransaction(handle -> handle.execute(sql));
    }

    private String value(String sql) {
        return here.database.read(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
}
