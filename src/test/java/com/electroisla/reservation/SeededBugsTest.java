package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.reservation.ModelledShop.Ask;
import com.electroisla.reservation.ModelledShop.Decider;
import com.electroisla.reservation.ModelledShop.Step;
import com.electroisla.reservation.ReservationOutcome.NothingNew;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;

/** The model finds faults that are put into the decision: it can be believed when it finds none. */
class SeededBugsTest {
    private static final BigDecimal RIGHT = BigDecimal.ZERO;

    /** Every batch decides on what was read before the one before: the lock is taken away. */
    private static Decider withoutTheLock() {
        return new Decider() {
            private Snapshot before;

            @Override
            public Decision.Decided decide(Snapshot snapshot, Decision.Ids ids, List<ReservationRequest> requests) {
                Snapshot stale = before == null
                        ? snapshot
                        : new Snapshot(
                                snapshot.now(),
                                snapshot.timeToLive(),
                                snapshot.limits(),
                                snapshot.carts(),
                                before.products(),
                                snapshot.holds(),
                                snapshot.lost(),
                                snapshot.payments());
                before = snapshot;
                return Decision.decide(stale, ids, requests);
            }
        };
    }

    /** Every other word of a provider is lost on its way. */
    private static Decider withLostEvents() {
        return new Decider() {
            private int heard;

            @Override
            public Decision.Decided decide(Snapshot snapshot, Decision.Ids ids, List<ReservationRequest> requests) {
                List<ReservationRequest> arrived = new ArrayList<>();
                List<Integer> lost = new ArrayList<>();
                for (int i = 0; i < requests.size(); i++) {
                    if (requests.get(i) instanceof HearPayment && ++heard % 2 == 0) {
                        lost.add(i);
                    } else {
                        arrived.add(requests.get(i));
                    }
                }
                Decision.Decided decided = Decision.decide(snapshot, ids, arrived);
                List<ReservationOutcome> outcomes = new ArrayList<>(decided.outcomes());
                lost.forEach(i -> outcomes.add(i, new NothingNew()));
                return new Decision.Decided(outcomes, decided.writes());
            }
        };
    }

    /** A refund is written twice. */
    private static Decision.Decided refundingTwice(
            Snapshot snapshot, Decision.Ids ids, List<ReservationRequest> requests) {
        Decision.Decided decided = Decision.decide(snapshot, ids, requests);
        decided.writes().refunds.addAll(List.copyOf(decided.writes().refunds));
        return decided;
    }

    @Example
    void the_lock_taken_away_is_found() {
        ModelledShop shop = new ModelledShop(withoutTheLock());
        shop.go(new Step.Add(1, 1, 1));
        shop.go(new Step.Add(2, 1, 1));
        shop.go(batch(new Ask.Checkout(1)));
        assertThrows(AssertionError.class, () -> shop.go(batch(new Ask.Checkout(2))), "the unit was promised twice");
        assertFoundAtRandom(SeededBugsTest::withoutTheLock);
    }

    @Example
    void a_lost_event_is_found() {
        ModelledShop shop = begun(withLostEvents());
        shop.go(batch(new Ask.Refused(0)));
        shop.go(batch(new Ask.Begin(1, null, null)));
        assertThrows(AssertionError.class, () -> shop.go(batch(new Ask.Paid(0, 1, RIGHT))));
        assertFoundAtRandom(SeededBugsTest::withLostEvents);
    }

    @Example
    void a_doubled_refund_is_found() {
        ModelledShop shop = begun(SeededBugsTest::refundingTwice);
        shop.go(batch(new Ask.Paid(0, 1, RIGHT)));
        assertThrows(AssertionError.class, () -> shop.go(batch(new Ask.Paid(0, 2, RIGHT))), "a second charge");
        assertFoundAtRandom(() -> SeededBugsTest::refundingTwice);
    }

    private static ModelledShop begun(Decider decider) {
        ModelledShop shop = new ModelledShop(decider);
        shop.go(new Step.Add(1, 2, 2));
        shop.go(batch(new Ask.Checkout(1)));
        shop.go(batch(new Ask.Begin(1, null, null)));
        return shop;
    }

    private static Step batch(Ask... asks) {
        return new Step.Batch(List.of(asks));
    }

    /** Of twenty random histories of the length that the model's test has, one at least comes upon the fault. */
    private static void assertFoundAtRandom(Supplier<Decider> faulty) {
        RandomGenerator<Step> steps = ShopModelTest.steps().generator(1_000);
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            ModelledShop shop = new ModelledShop(faulty.get());
            try {
                for (int i = 0; i < 40; i++) {
                    shop.go(steps.next(random).value());
                }
            } catch (AssertionError | IllegalStateException alarm) {
                found++;
            }
        }
        assertTrue(found > 0, "no random history came upon it");
    }
}
