package com.electroisla.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class DrillScriptTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);

    @Test
    void every_death_that_was_asked_for_is_in_it_within_the_time_some_together() {
        DrillScript script = DrillScript.of(7, LENGTH, 20, 20, 2);

        assertEquals(
                20,
                script.strikes().stream()
                        .flatMap(strike -> strike.victims().stream())
                        .filter(victim -> victim == DrillScript.DATABASE)
                        .count());
        assertEquals(
                20,
                script.strikes().stream()
                        .flatMap(strike -> strike.victims().stream())
                        .filter(victim -> victim == 0 || victim == 1)
                        .count());
        assertEquals(
                5,
                script.strikes().stream()
                        .filter(strike -> strike.victims().size() == 2)
                        .count());
        assertTrue(script.strikes().stream()
                .allMatch(strike -> !strike.at().isNegative() && strike.at().compareTo(LENGTH) < 0));
        assertEquals(
                script.strikes().stream()
                        .sorted(Comparator.comparing(DrillScript.Strike::at))
                        .toList(),
                script.strikes());
    }

    @Test
    void the_same_seed_is_the_same_script() {
        assertEquals(DrillScript.of(7, LENGTH, 3, 5, 2), DrillScript.of(7, LENGTH, 3, 5, 2));
        assertNotEquals(DrillScript.of(7, LENGTH, 3, 5, 2), DrillScript.of(8, LENGTH, 3, 5, 2));
    }

    @Test
    void nobody_need_die() {
        assertEquals(0, DrillScript.of(7, LENGTH, 0, 0, 2).strikes().size());
    }
}
