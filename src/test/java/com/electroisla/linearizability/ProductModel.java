package com.electroisla.linearizability;

import com.electroisla.linearizability.Linearizability.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A sequential model of one product by the contract: the holds with their users, units and ends, and the units sold.
 *
 * <p>Time is no operation. A transaction reads the clock once, under its locks, and becomes visible a little later; so
 * each operation is judged by a time that the clock showed between its invocation and its response.
 */
final class ProductModel implements Model<ProductModel.State, ProductModel.Answered> {
    private final int units;
    private final Duration timeToLive;

    ProductModel(int units, Duration timeToLive) {
        this.units = units;
        this.timeToLive = timeToLive;
    }

    /** A result, and the clock before the request and after the response. */
    record Answered(What what, Instant from, Instant to) {}

    /**
     * @param holds by user; expired ones too, until they are ended
     * @param maybeEnded expired holds of a product whose units were needed: a checkout ends as many as it needs, and of
     *     which ones the contract says nothing; the others are there until a sweep or their user ends them
     */
    record State(int total, int sold, Map<Integer, Hold> holds, Map<Integer, Hold> maybeEnded) {
        /** Whether a reader may have seen this figure. */
        boolean mayShow(int available) {
            int most = total - sold - units(holds);
            return available <= most && available >= most - units(maybeEnded);
        }

        private static int units(Map<Integer, Hold> holds) {
            return holds.values().stream().mapToInt(Hold::quantity).sum();
        }

        boolean isThere(int user) {
            return holds.containsKey(user) || maybeEnded.containsKey(user);
        }

        boolean isLive(int user, Instant now) {
            return holds.containsKey(user) && holds.get(user).until().isAfter(now);
        }
    }

    record Hold(int quantity, Instant until) {}

    /** An operation with its result. */
    sealed interface What {
        /** A checkout of a cart with this many units. */
        record Reserved(int user, int quantity, Instant until) implements What {}

        record NotEnough(int user, int quantity, int available) implements What {}

        record Cancelled(int user) implements What {}

        record NothingToCancel(int user) implements What {}

        record Paid(int user) implements What {}

        record NotPaid(int user) implements What {}

        /** A read of {@code stock_disponible}. */
        record Read(int available) implements What {}

        /** A sweep ended the holds of these users. */
        record Swept(Set<Integer> users) implements What {}

        record Arrived(int units) implements What {}
    }

    @Override
    public State initial() {
        return new State(units, 0, Map.of(), Map.of());
    }

    /**
     * The state after an operation. A hold that lives at the latest moment lived all along, and one that is over at
     * the earliest was over all along.
     */
    @Override
    public Optional<State> after(State state, Answered answered) {
        Instant from = answered.from();
        Instant to = answered.to();
        return switch (answered.what()) {
            case What.Reserved(int user, int quantity, Instant until) -> {
                Instant now = until.minus(timeToLive);
                boolean possible = !now.isBefore(from) && !now.isAfter(to) && quantity <= obtainable(state, user, now);
                yield when(possible, () -> reserve(state, user, quantity, now));
            }
            case What.NotEnough(int user, int quantity, int available) ->
                when(
                        quantity > available
                                && moments(state, from, to).anyMatch(now -> obtainable(state, user, now) == available),
                        () -> state);
            case What.Cancelled(int user) -> when(state.isLive(user, from), () -> without(state, Set.of(user), 0));
            case What.NothingToCancel(int user) -> when(!state.isLive(user, to), () -> state);
            case What.Paid(int user) ->
                when(
                        state.isLive(user, from),
                        () -> without(
                                state, Set.of(user), state.holds().get(user).quantity()));
            case What.NotPaid(int user) -> when(!state.isLive(user, to), () -> state);
            case What.Read(int available) -> when(state.mayShow(available), () -> state);
            case What.Swept(Set<Integer> users) ->
                when(
                        users.stream().allMatch(user -> state.isThere(user) && !state.isLive(user, to)),
                        () -> without(state, users, 0));
            case What.Arrived(int more) ->
                Optional.of(new State(state.total() + more, state.sold(), state.holds(), state.maybeEnded()));
        };
    }

    private static Optional<State> when(boolean legal, Supplier<State> next) {
        return legal ? Optional.of(next.get()) : Optional.empty();
    }

    /** The moments at which a hold expires. */
    private static Stream<Instant> moments(State state, Instant from, Instant to) {
        return Stream.concat(
                Stream.of(from),
                state.holds().values().stream()
                        .map(Hold::until)
                        .filter(until -> until.isAfter(from) && !until.isAfter(to)));
    }

    /** All units except those sold and those held by others. */
    private static int obtainable(State state, int user, Instant now) {
        int others = state.holds().entrySet().stream()
                .filter(hold -> hold.getKey() != user && hold.getValue().until().isAfter(now))
                .mapToInt(hold -> hold.getValue().quantity())
                .sum();
        return state.total() - state.sold() - others;
    }

    /** Reserves units. Expired holds are taken over only when their units are needed. */
    private State reserve(State state, int user, int quantity, Instant now) {
        boolean renewed = state.isLive(user, now) && state.holds().get(user).quantity() == quantity;
        State next = renewed ? state : without(state, Set.of(user), 0);
        Map<Integer, Hold> holds = new TreeMap<>(next.holds());
        Map<Integer, Hold> maybeEnded = new TreeMap<>(next.maybeEnded());
        if (!renewed && state.total() - state.sold() - State.units(holds) < quantity + State.units(maybeEnded)) {
            holds.forEach((holder, hold) -> {
                if (!hold.until().isAfter(now)) {
                    maybeEnded.put(holder, hold);
                }
            });
            holds.keySet().removeAll(maybeEnded.keySet());
        }
        holds.put(user, new Hold(quantity, now.plus(timeToLive)));
        return new State(state.total(), state.sold(), holds, maybeEnded);
    }

    private static State without(State state, Set<Integer> users, int sold) {
        Map<Integer, Hold> holds = new TreeMap<>(state.holds());
        holds.keySet().removeAll(users);
        Map<Integer, Hold> maybeEnded = new TreeMap<>(state.maybeEnded());
        maybeEnded.keySet().removeAll(users);
        return new State(state.total(), state.sold() + sold, holds, maybeEnded);
    }
}
