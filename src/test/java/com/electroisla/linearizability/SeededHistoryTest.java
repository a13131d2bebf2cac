package com.electroisla.linearizability;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.linearizability.Linearizability.Operation;
import com.electroisla.linearizability.ProductModel.Answered;
import com.electroisla.linearizability.ProductModel.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The checker on the histories of a little shop with one product and a fault put into it: buyers whose requests overlap
 * in twos. The same shop without a fault passes, so the alarm is of the fault.
 */
class SeededHistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final int UNITS = 3;

    private enum Fault {
        /** Of two requests at once the second decides on what the first one read. */
        LOCK_TAKEN_AWAY,
        /** Every second sale is answered and forgotten. */
        EVENT_LOST,
        /** Units that are given up come back twice. */
        UNITS_BACK_TWICE
    }

    /** A shop of one product; a fault is where its name stands. */
    private static final class LittleShop {
        private final Set<Fault> faults;
        private final Map<Integer, Integer> holds = new TreeMap<>();
        private int free = UNITS;
        private int sales;

        LittleShop(Set<Fault> faults) {
            this.faults = faults;
        }

        What reserve(int user, int quantity, int freeAsRead) {
            int obtainable = freeAsRead + holds.getOrDefault(user, 0);
            if (quantity > obtainable) {
                return new What.NotEnough(user, quantity, obtainable);
            }
            free += holds.getOrDefault(user, 0) - quantity;
            holds.put(user, quantity);
            return new What.Reserved(user, quantity, NOW.plus(TTL));
        }

        What cancel(int user) {
            Integer quantity = holds.remove(user);
            if (quantity == null) {
                return new What.NothingToCancel(user);
            }
            free += faults.contains(Fault.UNITS_BACK_TWICE) ? 2 * quantity : quantity;
            return new What.Cancelled(user);
        }

        What pay(int user) {
            Integer quantity = holds.remove(user);
            if (quantity == null) {
                return new What.NotPaid(user);
            }
            if (faults.contains(Fault.EVENT_LOST) && ++sales % 2 == 0) {
                free += quantity;
            }
            return new What.Paid(user);
        }
    }

    private static List<Operation<Answered>> history(Set<Fault> faults, long seed) {
        Random random = new Random(seed);
        LittleShop shop = new LittleShop(faults);
        List<Operation<Answered>> history = new ArrayList<>();
        for (int turn = 0; turn < 30; turn++) {
            int asRead = shop.free;
            int[] users = random.nextBoolean() ? new int[] {1, 2} : new int[] {2, 3};
            for (int user : users) {
                int seen = faults.contains(Fault.LOCK_TAKEN_AWAY) ? asRead : shop.free;
                What what = switch (random.nextInt(6)) {
                    case 0 -> shop.cancel(user);
                    case 1 -> shop.pay(user);
                    default -> shop.reserve(user, 1 + random.nextInt(2), seen);
                };
                history.add(new Operation<>(10 * turn, 10 * turn + 9, new Answered(what, NOW, NOW)));
            }
        }
        return history;
    }

    private static long passing(Set<Fault> faults) {
        return IntStream.range(0, 20)
                .filter(seed -> Linearizability.holds(new ProductModel(UNITS, TTL), history(faults, seed)))
                .count();
    }

    @Test
    void without_a_fault_every_history_passes() {
        assertTrue(passing(EnumSet.noneOf(Fault.class)) == 20);
    }

    @Test
    void the_lock_taken_away_is_found() {
        assertFalse(passing(EnumSet.of(Fault.LOCK_TAKEN_AWAY)) == 20);
    }

    @Test
    void a_lost_event_is_found() {
        assertFalse(passing(EnumSet.of(Fault.EVENT_LOST)) == 20);
    }

    @Test
    void units_that_come_back_twice_are_found() {
        assertFalse(passing(EnumSet.of(Fault.UNITS_BACK_TWICE)) == 20);
    }
}
