package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoginTurnsRaceTest {
    @Test
    void one_subject_is_never_in_two_hands_and_nothing_is_left_behind() throws Exception {
        var turns = new LoginTurns(Duration.ofSeconds(30));
        var holders = new AtomicInteger[] {new AtomicInteger(), new AtomicInteger()};
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            int number = i;
            work.add(() -> hold(turns, "10.0.0." + number % 4, "usuario" + number % 2, holders[number % 2]));
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> most : executor.invokeAll(work)) {
                assertEquals(1, most.get());
            }
        }
        assertEquals(0, turns.subjects());
    }

    @Test
    void whoever_cannot_have_the_turn_in_time_gets_none_and_holds_nothing() {
        var turns = new LoginTurns(Duration.ZERO);
        try (LoginTurns.Held _ = turns.take("10.0.0.1", "ale", false).orElseThrow()) {
            assertTrue(turns.take("10.0.0.2", "ale", false).isEmpty());
            assertTrue(turns.take("10.0.0.1", "beatriz", false).isEmpty());
            try (LoginTurns.Held _ = turns.take("10.0.0.2", "beatriz", false).orElseThrow()) {
                assertEquals(4, turns.subjects());
            }
        }
        assertEquals(0, turns.subjects());
    }

    @Test
    void a_user_at_home_does_not_wait_behind_strangers_who_try_the_same_name() {
        var turns = new LoginTurns(Duration.ZERO);
        try (LoginTurns.Held _ = turns.take("10.0.0.1", "ale", false).orElseThrow()) {
            assertTrue(turns.take("10.0.0.2", "ale", false).isEmpty());
            try (LoginTurns.Held _ = turns.take("10.0.0.3", "ale", true).orElseThrow()) {
                assertTrue(turns.take("10.0.0.3", "ale", true).isEmpty(), "but two of theirs take turns");
            }
        }
        assertEquals(0, turns.subjects());
    }

    private static int hold(LoginTurns turns, String address, String username, AtomicInteger holders) {
        try (LoginTurns.Held _ = turns.take(address, username, false).orElseThrow()) {
            int most = holders.incrementAndGet();
            Thread.yield();
            holders.decrementAndGet();
            return most;
        }
    }
}
