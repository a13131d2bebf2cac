package com.electroisla.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long a load rests after a step. */
class RestsTest {
    private final List<Long> pauses = new ArrayList<>();

    @Test
    void in_an_idle_shop_it_does_not_rest() {
        rests(false).rest();
        assertEquals(List.of(), pauses);
    }

    @Test
    void while_others_are_at_work_it_rests_three_times_as_long_as_the_step_took() {
        rests(true, true, true).rest();
        assertEquals(3, pauses.size());
        assertEquals(1, Set.copyOf(pauses).size(), pauses::toString);
        assertTrue(pauses.getFirst() > 0);
    }

    @Test
    void it_goes_on_as_soon_as_nobody_else_is_at_work() {
        rests(true, false).rest();
        assertEquals(1, pauses.size());
    }

    @Test
    void in_all_it_rests_no_longer_than_it_was_told() {
        Rests rests = new Rests(Duration.ofNanos(5), () -> true, pauses::add);
        rests.rest();
        rests.rest();
        assertEquals(List.of(5L), pauses);
    }

    private Rests rests(Boolean... othersAtWork) {
        Iterator<Boolean> answers = Stream.of(othersAtWork).iterator();
        return new Rests(Duration.ofDays(1), answers::next, pauses::add);
    }
}
