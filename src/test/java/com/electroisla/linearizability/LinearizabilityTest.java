package com.electroisla.linearizability;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.linearizability.Linearizability.Model;
import com.electroisla.linearizability.Linearizability.Operation;
import com.electroisla.linearizability.ProductModel.Answered;
import com.electroisla.linearizability.ProductModel.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker is right on histories with a known answer. The numbers are moments: invocation, response. */
class LinearizabilityTest {
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final Instant UNTIL = BEGAN.plus(TTL);
    private static final ProductModel ONE_UNIT = new ProductModel(1, TTL);

    @Test
    void operations_one_after_another_are_what_the_model_says() {
        assertTrue(holds(
                at(0, 1, new What.Reserved(1, 1, UNTIL)),
                at(2, 3, new What.Paid(1)),
                at(4, 5, new What.NotEnough(2, 1, 0))));
        assertFalse(holds(at(0, 1, new What.Paid(1)), at(2, 3, new What.Reserved(1, 1, UNTIL))));
    }

    @Test
    void operations_that_overlap_may_have_happened_in_either_order() {
        assertTrue(holds(at(0, 10, new What.NotEnough(2, 1, 0)), at(1, 9, new What.Reserved(1, 1, UNTIL))));
        assertTrue(holds(
                at(0, 10, new What.Reserved(1, 1, UNTIL)), at(1, 2, new What.Read(1)), at(3, 4, new What.Read(0))));
    }

    @Test
    void a_stale_read_is_refused() {
        assertFalse(holds(at(0, 1, new What.Reserved(1, 1, UNTIL)), at(2, 3, new What.Read(1))));
        assertFalse(holds(
                at(0, 10, new What.Reserved(1, 1, UNTIL)), at(1, 2, new What.Read(0)), at(3, 4, new What.Read(1))));
    }

    @Test
    void the_last_unit_sold_twice_is_refused_although_everything_overlaps() {
        assertFalse(holds(at(0, 10, new What.Reserved(1, 1, UNTIL)), at(0, 10, new What.Reserved(2, 1, UNTIL))));
        assertFalse(holds(
                at(0, 10, new What.Reserved(1, 1, UNTIL)),
                at(0, 11, new What.Paid(1)),
                at(0, 12, new What.Reserved(2, 1, UNTIL))));
    }

    @Test
    void a_refusal_while_the_unit_lay_free_is_refused() {
        assertFalse(holds(
                at(0, 1, new What.Reserved(1, 1, UNTIL)),
                at(2, 3, new What.Cancelled(1)),
                at(4, 5, new What.NotEnough(2, 1, 0))));
    }

    @Test
    void a_hold_past_its_time_is_another_buyers_at_once_and_nobody_elses_to_sell() {
        Instant later = UNTIL.plusSeconds(1);
        Operation<Answered> held = at(0, 1, new What.Reserved(1, 1, UNTIL));
        assertTrue(holds(held, at(4, 5, later, new What.Reserved(2, 1, later.plus(TTL)))));
        assertFalse(holds(held, at(4, 5, later, new What.NotEnough(2, 1, 0))));
        assertFalse(holds(held, at(4, 5, later, new What.Paid(1))));
        assertTrue(holds(
                held,
                at(4, 5, later, new What.Read(0)),
                at(6, 7, later, new What.Swept(Set.of(1))),
                at(8, 9, later, new What.Read(1))));
        assertFalse(holds(held, at(2, 3, new What.Swept(Set.of(1)))), "it still lived");
    }

    @Test
    void while_time_passes_an_operation_may_be_of_before_or_of_after() {
        Instant later = UNTIL.plusSeconds(1);
        Operation<Answered> held = at(0, 1, new What.Reserved(1, 1, UNTIL));
        for (What either : List.of(
                new What.Paid(1),
                new What.NotPaid(1),
                new What.NotEnough(2, 1, 0),
                new What.Reserved(2, 1, UNTIL.plus(TTL)))) {
            assertTrue(holds(held, new Operation<>(2, 3, new Answered(either, BEGAN, later))), either::toString);
        }
        assertFalse(holds(
                held, new Operation<>(2, 3, new Answered(new What.Reserved(2, 1, BEGAN.plus(TTL)), BEGAN, later))));
    }

    @Test
    void a_choice_that_turns_out_wrong_is_taken_back() {
        // Three simultaneous writes of a register; only one order explains the reads afterwards.
        assertTrue(Linearizability.holds(
                REGISTER, List.of(at(0, 10, "w1"), at(0, 10, "w2"), at(0, 10, "w3"), at(11, 12, "r2"))));
        assertTrue(Linearizability.holds(
                REGISTER, List.of(at(0, 9, "w1"), at(0, 9, "w2"), at(1, 2, "r2"), at(3, 4, "r1"))));
        assertFalse(Linearizability.holds(
                REGISTER, List.of(at(0, 9, "w1"), at(0, 9, "w2"), at(1, 2, "r2"), at(3, 4, "r1"), at(5, 6, "r2"))));
        assertFalse(Linearizability.holds(REGISTER, List.of(at(0, 1, "w1"), at(2, 3, "w2"), at(4, 5, "r1"))));
    }

    @Test
    void what_was_tried_is_remembered_so_that_a_hopeless_history_is_refused_soon() {
        // Twelve simultaneous writes have 479,001,600 orders and lead to 12,288 different sets and states.
        List<Operation<String>> history = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            history.add(at(0, 100, "w" + i % 3));
        }
        history.add(at(101, 102, "r7"));
        assertFalse(Linearizability.holds(REGISTER, history));
    }

    private static final Model<String, String> REGISTER = new Model<>() {
        @Override
        public String initial() {
            return "0";
        }

        @Override
        public Optional<String> after(String state, String what) {
            return what.startsWith("w")
                    ? Optional.of(what.substring(1))
                    : what.substring(1).equals(state) ? Optional.of(state) : Optional.empty();
        }
    };

    private static Operation<String> at(long invoked, long returned, String what) {
        return new Operation<>(invoked, returned, what);
    }

    private static Operation<Answered> at(long invoked, long returned, What what) {
        return at(invoked, returned, BEGAN, what);
    }

    private static Operation<Answered> at(long invoked, long returned, Instant clock, What what) {
        return new Operation<>(invoked, returned, new Answered(what, clock, clock));
    }

    @SafeVarargs
    private static boolean holds(Operation<Answered>... history) {
        List<Operation<Answered>> all = new ArrayList<>();
        for (Operation<Answered> each : history) {
            all.add(each);
        }
        return Linearizability.holds(ONE_UNIT, all);
    }
}
