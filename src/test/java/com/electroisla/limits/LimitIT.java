package com.electroisla.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.http.server.Replies;
import com.electroisla.limits.LimitResult.Allowed;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.settings.RateLimit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitIT {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private static Database database;
    private static Database otherInstance;

    private final Limits limits = new Limits("prueba", Optional.of(new RateLimit(3, WINDOW)));

    @BeforeAll
    static void open() {
        JdbcTarget target = MigratedDatabase.create();
        database = new Database(target, 20);
        otherInstance = new Database(target, 20);
    }

    @AfterAll
    static void close() {
        database.close();
        otherInstance.close();
    }

    @Test
    void three_are_allowed_in_a_window_that_begins_with_the_first() {
        assertEquals(NOON.plus(WINDOW), allowed("uno", NOON).windowEnd());
        assertEquals(NOON.plus(WINDOW), allowed("uno", NOON.plusSeconds(20)).windowEnd());
        allowed("uno", NOON.plusSeconds(59));

        assertEquals(new Exceeded(NOON.plus(WINDOW), 1), count("uno", NOON.plusSeconds(59)));
        assertEquals(new Exceeded(NOON.plus(WINDOW), 60), count("uno", NOON));
        assertEquals(
                new Exceeded(NOON.plus(WINDOW), 1),
                count("uno", NOON.plus(WINDOW).minusNanos(1_000)));

        assertEquals(
                NOON.plus(WINDOW).plus(WINDOW),
                allowed("uno", NOON.plus(WINDOW)).windowEnd());
    }

    @Test
    void one_subject_does_not_use_up_anothers_and_one_purpose_not_anothers() {
        for (int i = 0; i < 3; i++) {
            allowed("dos", NOON);
        }
        assertInstanceOf(Exceeded.class, count("dos", NOON));

        allowed("tres", NOON);
        var other = new Limits("otra", Optional.of(new RateLimit(1, WINDOW)));
        assertInstanceOf(Allowed.class, database.inTransaction(handle -> other.count(handle, "dos", NOON)));
    }

    @Test
    void what_is_refused_is_not_counted() {
        for (int i = 0; i < 10; i++) {
            count("cuatro", NOON);
        }
        assertEquals(3, counted("cuatro"));
    }

    @Test
    void a_transaction_that_is_rolled_back_counts_nothing() {
        assertThrows(
                IllegalStateException.class,
                () -> database.useTransaction(handle -> {
                    limits.count(handle, "cinco", NOON);
                    throw new IllegalStateException("the caller's own trouble");
                }));
        assertEquals(0, counted("cinco"));
    }

    @Test
    void what_is_given_back_leaves_room_and_the_next_one_begins_a_new_window() {
        Allowed first = allowed("seis", NOON);
        database.useTransaction(handle -> limits.giveBack(handle, first));
        assertEquals(0, counted("seis"));

        Instant later = NOON.plusSeconds(30);
        assertEquals(later.plus(WINDOW), allowed("seis", later).windowEnd());
        assertEquals(1, counted("seis"));
    }

    @Test
    void what_comes_back_after_its_window_ended_leaves_the_next_window_alone() {
        Allowed late = allowed("siete", NOON);
        allowed("siete", NOON.plus(WINDOW));

        database.useTransaction(handle -> limits.giveBack(handle, late));

        assertEquals(1, counted("siete"));
    }

    @Test
    void a_limit_that_is_off_allows_everything_and_touches_no_table() {
        var off = new Limits("apagado", Optional.empty());
        try (Database withoutTables = new Database(com.electroisla.database.TestPostgres.newDatabase(), 1)) {
            withoutTables.useTransaction(handle -> {
                for (int i = 0; i < 100; i++) {
                    Allowed allowed = assertInstanceOf(Allowed.class, off.count(handle, "alguien", NOON));
                    off.giveBack(handle, allowed);
                }
            });
        }
    }

    @Test
    void of_100_at_once_on_two_instances_exactly_the_limit_is_allowed() throws Exception {
        var barrier = new CyclicBarrier(20);
        List<Callable<LimitResult>> work = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Database instance = i % 2 == 0 ? database : otherInstance;
            boolean together = i < 20;
            work.add(() -> {
                if (together) {
                    barrier.await();
                }
                return instance.inTransaction(handle -> limits.count(handle, "muchos", NOON));
            });
        }
        int allowed = 0;
        try (var executor = Executors.newFixedThreadPool(24)) {
            for (Future<LimitResult> result : executor.invokeAll(work)) {
                allowed += result.get() instanceof Allowed ? 1 : 0;
            }
        }
        assertEquals(3, allowed);
        assertEquals(3, counted("muchos"));
    }

    @Test
    void windows_that_ended_are_forgotten_and_those_somebody_counts_in_are_passed_over() {
        Instant old = Instant.parse("2020-01-01T00:00:00Z");
        allowed("viejo", old);
        allowed("en uso", old);
        allowed("vivo", old.plus(WINDOW));

        database.useTransaction(handle -> {
            handle.createQuery("SELECT 1 FROM limites WHERE clave = 'prueba:en uso' FOR UPDATE")
                    .mapTo(Integer.class)
                    .one();
            assertEquals(1, (int) otherInstance.inTransaction(other -> Limits.deleteEnded(other, old.plus(WINDOW))));
        });

        assertEquals(0, counted("viejo"));
        assertEquals(1, counted("en uso"));
        assertEquals(1, counted("vivo"));
    }

    @Test
    void the_refusal_says_when_to_come_back() {
        Answer answer = Replies.problem(new Exceeded(NOON, 17)).answer(Language.SPANISH);

        assertEquals(429, answer.status());
        assertEquals("17", answer.headers().get("Retry-After"));
        assertEquals(
                "{\"error\":\"Límite de solicitudes excedido. Intenta más tarde.\",\"code\":\"limite_excedido\","
                        + "\"reset_time\":\"2026-05-01T12:00:00Z\"}",
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    private LimitResult count(String subject, Instant now) {
        return database.inTransaction(handle -> limits.count(handle, subject, now));
    }

    private Allowed allowed(String subject, Instant now) {
        return assertInstanceOf(Allowed.class, count(subject, now));
    }

    private static int counted(String subject) {
        return database.read(
                handle -> handle.createQuery("SELECT coalesce(max(cuenta), 0) FROM limites WHERE clave = :key")
                        .bind("key", "prueba:" + subject)
                        .mapTo(Integer.class)
                        .one());
    }
}
