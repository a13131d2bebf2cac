package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.LongProofs;
import com.electroisla.reservation.ModelledShop.Ask;
import com.electroisla.reservation.ModelledShop.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** Random histories of a small shop, in which the decision answers as {@link PlainShop} does. */
class ShopModelTest {
    private static long operations;
    private static final Set<String> SEEN = new TreeSet<>();
    private static final int HISTORIES = 400;
    /** In the long form a million operations and more. */
    private static final int STEPS = LongProofs.orLonger(40, 2_500);

    @Property(tries = HISTORIES)
    void every_history_ends_as_in_the_plain_shop(@ForAll("histories") ActionChain<ModelledShop> history) {
        ModelledShop after = history.run();
        SEEN.addAll(after.seen);
        operations += after.steps;
    }

    /** Otherwise the model would agree by never being asked. */
    @AfterContainer
    static void every_kind_of_answer_was_seen() {
        Set<String> never = Stream.of(ReservationOutcome.class, ReservationOutcome.OfPayment.class)
                .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                .filter(kind -> !kind.isInterface())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        never.removeAll(SEEN);
        assertEquals((long) HISTORIES * STEPS, operations, "operations");
        // The figures are never wrong here, nobody's account is deleted, no sum is that large, and every payment is
        // known.
        assertEquals(Set.of("UnitsMissing", "UserGone", "AmountTooLarge", "PaymentUnknown"), never);
    }

    @Provide
    Arbitrary<ActionChain<ModelledShop>> histories() {
        return histories(ModelledShop::new, STEPS);
    }

    static Arbitrary<ActionChain<ModelledShop>> histories(Supplier<ModelledShop> shop, int steps) {
        return ActionChain.startWith(shop).withAction(new AnyStep()).withMaxTransformations(steps);
    }

    private record AnyStep() implements Action.Independent<ModelledShop> {
        @Override
        public Arbitrary<Transformer<ModelledShop>> transformer() {
            return steps().map(step -> Transformer.mutate(step.toString(), shop -> shop.go(step)));
        }
    }

    static Arbitrary<Step> steps() {
        Arbitrary<Integer> user = Arbitraries.integers().between(1, ModelledShop.BUYERS);
        Arbitrary<Long> product = Arbitraries.longs().between(1, ModelledShop.PRODUCTS);
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        Arbitrary<Step> add = Combinators.combine(
                        user, product, Arbitraries.integers().between(1, 4))
                .as(Step.Add::new);
        Arbitrary<Step> later =
                Arbitraries.of(1, 6, 15, 40).map(Duration::ofMinutes).map(Step.Later::new);
        return Arbitraries.frequencyOf(
                Tuple.of(6, add),
                Tuple.of(12, asks().list().ofMinSize(1).ofMaxSize(3).map(Step.Batch::new)),
                Tuple.of(3, later),
                Tuple.of(1, Arbitraries.just(new Step.Sweep())),
                Tuple.of(1, Combinators.combine(user, product).as(Step.Release::new)),
                Tuple.of(2, Arbitraries.integers().between(0, 20).map(Step.Return::new)),
                Tuple.of(1, product.map(Step.Reprice::new)),
                Tuple.of(1, Combinators.combine(product, either).as(Step.Activate::new)),
                Tuple.of(1, Combinators.combine(product, either).as(Step.Close::new)));
    }

    private static Arbitrary<Ask> asks() {
        Arbitrary<Integer> user = Arbitraries.integers().between(1, ModelledShop.BUYERS);
        Arbitrary<BigDecimal> offBy =
                Arbitraries.of(BigDecimal.ZERO, new BigDecimal("0.01")).injectNull(0.5);
        Arbitrary<String> key = Arbitraries.integers()
                .between(1, 1_000)
                .map(number -> "clave" + number)
                .injectNull(0.7);
        Arbitrary<Integer> ago = Arbitraries.of(0, 0, 0, 1, 2);
        Arbitrary<Integer> charge = Arbitraries.of(1, 1, 2);
        Arbitrary<BigDecimal> wrongBy =
                Arbitraries.frequency(Tuple.of(7, BigDecimal.ZERO), Tuple.of(1, new BigDecimal("0.01")));
        return Arbitraries.frequencyOf(
                Tuple.of(5, user.map(Ask.Checkout::new)),
                Tuple.of(1, user.map(Ask.GiveUp::new)),
                Tuple.of(2, Combinators.combine(user, offBy).as(Ask.Order::new)),
                Tuple.of(3, Combinators.combine(user, offBy, key).as(Ask.Begin::new)),
                Tuple.of(4, Combinators.combine(ago, charge, wrongBy).as(Ask.Paid::new)),
                Tuple.of(2, ago.map(Ask.Refused::new)),
                Tuple.of(1, ago.map(Ask.CancelPayment::new)),
                Tuple.of(1, ago.map(Ask.Astray::new)));
    }
}
