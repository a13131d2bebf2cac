package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys of two instances on one database, and of instances of the release before. */
class SigningKeysIT {
    private static final String PASSWORD = "Isla#verde7";

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
    void whoever_shares_a_reading_that_failed_is_not_told_that_the_key_is_unknown() throws Exception {
        try (var away = new Database(new JdbcTarget("jdbc:postgresql://127.0.0.1:1/none", "nobody", ""), 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var keys = new SigningKeys(away, DatabaseClock.REAL, folder.resolve("c"), InstantSource.system());
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                asking.add(threads.submit(() -> keys.find("k".repeat(43))));
            }
            for (Future<?> each : asking) {
                assertThrows(ExecutionException.class, each::get);
            }
        }
    }

    @Test
    void each_instance_has_a_key_of_its_own_and_both_accept_both() throws Exception {
        TokenPair one = here.tokens("ale", PASSWORD);
        TokenPair other = there.tokens("ale", PASSWORD);

        assertTrue(here.letsIn(other) && there.letsIn(one));
        assertNotEquals(
                Files.readString(folder.resolve("a/var/claves/firma-rsa.jwk")),
                Files.readString(folder.resolve("b/var/claves/firma-rsa.jwk")));
        assertEquals("2", value("SELECT count(*) FROM claves_firma"));
        assertEquals(
                "e,kid,kty,n,verifica",
                value("SELECT string_agg(DISTINCT name, ',' ORDER BY name) FROM claves_firma, "
                        + "json_object_keys(clave_publica::json) name"),
                "no private half");
    }

    @Test
    void a_restart_keeps_the_key() {
        TokenPair before = here.tokens("ale", PASSWORD);
        try (var restarted = new Instance(target, folder.resolve("a"))) {
            restarted.tokens("ale", PASSWORD);
            assertTrue(restarted.letsIn(before));
        }
        assertEquals("1", value("SELECT count(*) FROM claves_firma"));
    }

    @ParameterizedTest
    @EnumSource(Signing.class)
    void a_key_is_kept_tightly_and_two_processes_that_make_it_at_once_agree(Signing kind) throws Exception {
        Path keys = folder.resolve("nueva/claves");
        List<Callable<String>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            work.add(() -> new KeyFile(keys, kind).readOrMake().getKeyId());
        }
        try (var executor = Executors.newFixedThreadPool(4)) {
            List<String> made = new ArrayList<>();
            for (Future<String> keyId : executor.invokeAll(work)) {
                made.add(keyId.get());
            }
            assertEquals(1, made.stream().distinct().count(), made.toString());
        }
        assertEquals(List.of(kind.file), names(keys));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(kind.file))));
    }

    /** The key after another minute's renewal. */
    private static PublicJsonWebKey renewed(SigningKeys keys) {
        keys.renew();
        return keys.own();
    }

    @Test
    void while_a_release_signs_beside_us_that_reads_curves_alone_we_sign_so_that_it_can_read() {
        var time = new AtomicReference<>(Instant.now());
        var keys = new SigningKeys(here.database, databaseTime -> time.get(), folder.resolve("c"), time::get);
        sayOlderKey(folder.resolve("antigua"), time.get());

        assertEquals(Signing.CURVE, Signing.of(keys.own()));
        time.updateAndGet(now -> now.plus(Duration.ofMinutes(119)));
        assertEquals(Signing.CURVE, Signing.of(renewed(keys)), "it says so once an hour");
        time.updateAndGet(now -> now.plus(Duration.ofMinutes(2)));
        MadeKeys.into(folder.resolve("c"));
        assertEquals(Signing.RSA, Signing.of(renewed(keys)), "nothing was heard of it for two hours");

        sayOlderKey(folder.resolve("antigua"), time.get());
        assertEquals(Signing.RSA, Signing.of(keys.own()), "the table is read with each renewal");
        assertEquals(Signing.CURVE, Signing.of(renewed(keys)), "it is back");
    }

    @Test
    void an_instance_that_was_a_release_older_signs_with_a_key_of_its_own_that_no_older_one_shares() throws Exception {
        var time = new AtomicReference<>(Instant.now());
        Path claves = folder.resolve("d");
        String older = sayOlderKey(claves, time.get());
        Files.move(claves.resolve(Signing.CURVE.file), claves.resolve("firma.jwk"));
        MadeKeys.into(claves);
        var keys = new SigningKeys(here.database, databaseTime -> time.get(), claves, time::get);

        assertEquals(Signing.CURVE, Signing.of(keys.own()));
        assertNotEquals(older, keys.own().getKeyId(), "another instance of before may still sign with that one");
        time.updateAndGet(now -> now.plus(Duration.ofMinutes(119)));
        assertEquals(Signing.CURVE, Signing.of(renewed(keys)));
        time.updateAndGet(now -> now.plus(Duration.ofMinutes(2)));
        assertEquals(Signing.RSA, Signing.of(renewed(keys)));
        PublicJsonWebKey before = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(claves.resolve("firma.jwk")));
        assertTrue(
                here.accounts
                        .verifier()
                        .verify(new AccessTokens(() -> before, Instant::now)
                                .issue(new Account(ale, "ale", "", Role.CLIENTE, true, "!"), "familia"))
                        .isPresent(),
                "its tokens of before go on");
    }

    @Test
    void an_instance_that_runs_says_so_and_a_key_of_which_nothing_was_heard_for_a_week_is_retired() {
        var time = new AtomicReference<>(Instant.now());
        var keys = new SigningKeys(here.database, databaseTime -> time.get(), folder.resolve("c"), time::get);
        String id = keys.own().getKeyId();
        time.updateAndGet(now -> now.plus(Duration.ofDays(6)));
        assertEquals(0, retired(time.get()));

        keys.renew();
        time.updateAndGet(now -> now.plus(Duration.ofDays(6)));
        assertEquals(0, retired(time.get()), "it has run since");

        time.updateAndGet(now -> now.plus(Duration.ofDays(2)));
        assertEquals(1, retired(time.get()));
        assertEquals("0", value("SELECT count(*) FROM claves_firma WHERE kid = '" + id + "'"));

        keys.own();
        assertEquals(
                "1",
                value("SELECT count(*) FROM claves_firma WHERE kid = '" + id + "'"),
                "published again before the next token");
    }

    private int retired(Instant now) {
        return here.database.<Integer, RuntimeException>inTransaction(handle -> SigningKeys.retire(handle, now));
    }

    @Test
    void who_signs_asks_no_database_and_waits_for_no_renewal() throws Exception {
        var time = new AtomicReference<>(Instant.now());
        var held = new CountDownLatch(1);
        var renewing = new CountDownLatch(1);
        var slow = new AtomicBoolean();
        MadeKeys.into(folder.resolve("c"));
        var keys = new SigningKeys(
                here.database,
                databaseTime -> {
                    if (slow.get()) {
                        renewing.countDown();
                        try {
                            assertTrue(held.await(20, TimeUnit.SECONDS));
                        } catch (InterruptedException interrupted) {
                            throw new IllegalStateException(interrupted);
                        }
                    }
                    return time.get();
                },
                folder.resolve("c"),
                time::get);
        assertThrows(IllegalStateException.class, keys::published);
        PublicJsonWebKey key = keys.own();
        time.updateAndGet(now -> now.plus(Duration.ofMinutes(2)));
        slow.set(true);
        try (var executor = Executors.newFixedThreadPool(2)) {
            Future<?> renewal = executor.submit(keys::renew);
            try {
                assertTrue(renewing.await(20, TimeUnit.SECONDS));
                long before = here.database.statementsBegun();
                assertSame(key, executor.submit(keys::own).get(20, TimeUnit.SECONDS));
                assertSame(key, keys.published());
                assertEquals(before, here.database.statementsBegun());
                assertFalse(renewal.isDone());
            } finally {
                held.countDown();
            }
            renewal.get(20, TimeUnit.SECONDS);
            assertSame(key, keys.own());
        }
    }

    /** A login that would renew the entry would wait for the lock until it is refused. */
    @Test
    void a_login_is_answered_while_the_table_of_keys_is_locked() throws Exception {
        here.accounts.renewKeys();
        try (Connection somebody = target.connect(Map.of());
                var statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("LOCK TABLE claves_firma, secreto_tienda IN ACCESS EXCLUSIVE MODE");
            assertTrue(here.letsIn(here.tokens("ale", PASSWORD)));
            assertInstanceOf(LogInOutcome.Refused.class, here.logIn("ale", "otra"));
            somebody.rollback();
        }
    }

    @Test
    void a_forged_key_id_costs_one_query_and_a_row_that_is_no_key_lets_nobody_in() throws Exception {
        TokenPair tokens = there.tokens("ale", PASSWORD);
        execute("UPDATE claves_firma SET clave_publica = '{\"kty\":\"oct\",\"k\":\"AAAA\"}'");

        assertFalse(here.letsIn(tokens));
        assertTrue(there.letsIn(tokens), "its own key it knows itself");
    }

    /** The public key of a release before, as it writes it when it signs: without any further word. */
    private String sayOlderKey(Path claves, Instant now) {
        PublicJsonWebKey key = new KeyFile(claves, Signing.CURVE).readOrMake();
        here.database.useTransaction(handle -> SigningKeySql.publish(
                handle, key.getKeyId(), key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY), now));
        return key.getKeyId();
    }

    private void execute(String sql) {
        here.database.useTransaction(handle -> handle.execute(sql));
    }

    private String value(String sql) {
        return here.database.read(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    private static List<String> names(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
