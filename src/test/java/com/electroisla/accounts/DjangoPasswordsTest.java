package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.accounts.DjangoPasswords.Verdict;
import com.electroisla.accounts.PasswordThreads.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DjangoPasswordsTest {
    private static final int CURRENT = 600_000;
    private static final String OLD_HASH =
            "pbkdf2_sha256$216000$sal10abcdefgh$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=";

    private final List<Integer> computed = Collections.synchronizedList(new ArrayList<>());
    private final PasswordThreads threads = new PasswordThreads();
    private final DjangoPasswords passwords = new DjangoPasswords(CURRENT, this::count, threads);

    @AfterEach
    void stop() {
        threads.close();
    }

    @ParameterizedTest
    @CsvSource({
        "admin123, pbkdf2_sha256$216000$sal10abcdefgh$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
        "ale.123Q, pbkdf2_sha256$260000$sal11abcdefgh$nJQ69qgAe6edHmGA5nCcLnLtVH6YTB9R4IR1bJjNWM4=",
        "Beatriz#2025, pbkdf2_sha256$390000$sal12abcdefgh$Nz42cc4/hyrLkHDkRp68gTto5Sn0UbXTvLySBheZPps=",
        "contraseña-ñ, pbkdf2_sha256$216000$sal14abcdefgh$syTLJ9NIjzrtekTCUL0N7Wpjkm3P5LvtXhuSa7CIl7o="
    })
    void a_hash_that_django_wrote_lets_its_password_in_and_is_outdated(String password, String hash)
            throws PasswordsBusy {
        assertEquals(Verdict.ACCEPTED_OUTDATED, passwords.check(Lane.STRANGER, password, hash, true));
        assertEquals(Verdict.REFUSED, passwords.check(Lane.STRANGER, password + " ", hash, true));
    }

    /** The vector is RFC 6070's; the hash below it is that of an old shop's account. */
    @ParameterizedTest
    @CsvSource({
        "password, pbkdf2_sha1$4096$salt$SwB5AbdlSJq+rUnZJvch0GWkKcE=",
        "Sha1-Viejo-1, pbkdf2_sha1$600000$GZvyIWk3UIBKG4BvKeBBuU$42qWLnpvndyI9YoZ0YWaPuPzX0E="
    })
    void a_hash_of_djangos_other_default_hasher_lets_its_password_in_is_outdated_and_refuses_at_full_cost(
            String password, String hash) throws PasswordsBusy {
        assertEquals(Verdict.ACCEPTED_OUTDATED, passwords.check(Lane.STRANGER, password, hash, true));
        computed.clear();
        assertRefusedAtFullCost(password + ".", hash, true);
        computed.clear();
        assertRefusedAtFullCost(password, hash, false);
    }

    @Test
    void a_hash_of_the_current_count_is_not_outdated() throws PasswordsBusy {
        String hash = "pbkdf2_sha256$600000$sal13abcdefgh$XJ1+grPwAy089rAl0rVVs3IRGcWpsZx3lTvuLiEylns=";

        assertEquals(Verdict.ACCEPTED, passwords.check(Lane.STRANGER, "Mario#2025", hash, true));
        assertEquals(List.of(CURRENT), computed);
    }

    @Test
    void what_is_written_is_in_djangos_format_with_a_salt_of_its_own_and_verifies() throws PasswordsBusy {
        String hash = passwords.hash("clave de prueba", Lane.STRANGER);

        assertTrue(hash.matches("pbkdf2_sha256\\$600000\\$[a-zA-Z0-9]{22}\\$[A-Za-z0-9+/]{43}="), hash);
        assertTrue(hash.length() <= 128, "it fits Django's column");
        assertNotEquals(hash, passwords.hash("clave de prueba", Lane.STRANGER));
        assertEquals(Verdict.ACCEPTED, passwords.check(Lane.STRANGER, "clave de prueba", hash, true));
    }

    @Test
    void the_count_that_the_shop_runs_with_is_that_of_django_5_2() {
        assertEquals(1_000_000, DjangoPasswords.CURRENT_ITERATIONS);
    }

    @Test
    void a_refusal_of_an_unknown_account_costs_the_current_count() throws PasswordsBusy {
        assertRefusedAtFullCost("admin123", null, true);
    }

    @Test
    void a_refusal_of_a_wrong_password_on_an_old_hash_is_topped_up_to_the_current_count() throws PasswordsBusy {
        assertRefusedAtFullCost("admin124", OLD_HASH, true);
    }

    @Test
    void an_inactive_account_is_refused_at_the_same_cost_with_the_right_password() throws PasswordsBusy {
        assertRefusedAtFullCost("admin123", OLD_HASH, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "!JfZ0lVqXnTHZBrkF8mlrQ5Ic3dJD4ZLl5TgZq9Wb",
                "plano",
                "pbkdf2_sha256$",
                "pbkdf2_sha256$$$",
                "pbkdf2_sha256$0$sal$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
                "pbkdf2_sha256$-1$sal$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
                "pbkdf2_sha256$99999999999$sal$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
                "pbkdf2_sha256$2000000000$sal$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
                "pbkdf2_sha256$mil$sal$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
                "pbkdf2_sha256$1000$$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
                "pbkdf2_sha256$1000$sal$",
                "pbkdf2_sha256$1000$sal$AAAA",
                "pbkdf2_sha256$1000$sal$no es base64",
                "pbkdf2_sha256$1000$sal$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=$de más",
                "pbkdf2_sha1$1000$sal$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
                "pbkdf2_sha256$1000$sal$42qWLnpvndyI9YoZ0YWaPuPzX0E=",
                "pbkdf2_sha512$1000$sal$8bQ7uxiXNZLlCxM5oTBHmBqEd5h9XcHcXFTev+/a9aA=",
                "argon2$argon2id$v=19$m=102400,t=2,p=8$c2Fs$aGFzaA",
                "bcrypt_sha256$$2b$12$abc"
            })
    void an_unusable_or_malformed_hash_opens_to_nobody_at_full_cost(String hash) throws PasswordsBusy {
        assertRefusedAtFullCost("admin123", hash, true);
    }

    @Test
    void an_empty_password_is_refused_like_any_other() throws PasswordsBusy {
        assertRefusedAtFullCost("", OLD_HASH, true);
    }

    @Test
    void beyond_what_may_wait_a_password_is_refused_at_once() throws Exception {
        var release = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var one = new PasswordThreads(1, 1);
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        List<Thread> occupying = new ArrayList<>();
        try (one) {
            occupying.add(Thread.startVirtualThread(() -> occupy(one, started, release, failures)));
            started.await();
            // of two more, one waits in the queue and the other finds it full, in either order
            var refused = new CountDownLatch(1);
            for (int i = 0; i < 2; i++) {
                occupying.add(Thread.startVirtualThread(() -> {
                    try {
                        one.run(Lane.STRANGER, () -> null);
                    } catch (PasswordsBusy busy) {
                        refused.countDown();
                    }
                }));
            }
            refused.await();
            release.countDown();
            for (Thread thread : occupying) {
                thread.join();
            }
        }
        assertEquals(List.of(), failures);
        assertThrows(PasswordsBusy.class, () -> one.run(Lane.STRANGER, () -> null), "closed");
    }

    @Test
    void who_is_known_finds_room_and_is_served_before_a_crowd_of_strangers_but_not_always() throws Exception {
        var release = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var one = new PasswordThreads(1, 8);
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        var order = Collections.synchronizedList(new ArrayList<Lane>());
        List<Thread> waiting = new ArrayList<>();
        try (one) {
            waiting.add(Thread.startVirtualThread(() -> occupy(one, started, release, failures)));
            started.await();
            var refused = new CountDownLatch(3);
            for (int i = 0; i < 11; i++) {
                waiting.add(Thread.startVirtualThread(() -> serve(one, Lane.STRANGER, order, refused)));
            }
            refused.await();
            var none = new CountDownLatch(1);
            for (Lane lane :
                    new Lane[] {Lane.KNOWN, Lane.KNOWN, Lane.AT_HOME, Lane.AT_HOME, Lane.AT_HOME, Lane.AT_HOME}) {
                int before = one.waiting();
                waiting.add(Thread.startVirtualThread(() -> serve(one, lane, order, none)));
                Eventually.until(() -> one.waiting() != before);
            }
            release.countDown();
            for (Thread thread : waiting) {
                thread.join();
            }
        }
        assertEquals(List.of(), failures);
        assertEquals(14, order.size());
        // the first computation was the blocking one; each fourth is the last lane's
        assertEquals(
                List.of(
                        Lane.AT_HOME,
                        Lane.AT_HOME,
                        Lane.STRANGER,
                        Lane.AT_HOME,
                        Lane.AT_HOME,
                        Lane.KNOWN,
                        Lane.STRANGER,
                        Lane.KNOWN),
                order.subList(0, 8));
    }

    private static void serve(PasswordThreads threads, Lane lane, List<Lane> order, CountDownLatch refused) {
        try {
            threads.run(lane, () -> order.add(lane));
        } catch (PasswordsBusy busy) {
            refused.countDown();
        }
    }

    private static void occupy(
            PasswordThreads threads, CountDownLatch started, CountDownLatch release, List<Throwable> failures) {
        try {
            threads.run(Lane.STRANGER, () -> {
                assertFalse(Thread.currentThread().isVirtual());
                started.countDown();
                release.await();
                return null;
            });
        } catch (PasswordsBusy | RuntimeException failure) {
            failures.add(failure);
        }
    }

    private void assertRefusedAtFullCost(
            String password, @org.jspecify.annotations.Nullable String hash, boolean mayEnter) throws PasswordsBusy {
        assertEquals(Verdict.REFUSED, passwords.check(Lane.STRANGER, password, hash, mayEnter));
        assertEquals(CURRENT, computed.stream().mapToInt(Integer::intValue).sum(), () -> computed.toString());
    }

    private byte[] count(KeyDerivation.Digest digest, String password, String salt, int iterations) {
        computed.add(digest.inSha256(iterations));
        return ComputedOnce.JDK.derive(digest, password, salt, iterations);
    }
}
