package com.electroisla.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether there is an order of all operations, each at one point between its invocation and its response, in
 * which each has the result that a sequential object would give.
 *
 * <p>The search is that of J. Wing and C. Gong, "Testing and verifying concurrent objects" (1993), with the cache of
 * G. Lowe, "Testing for linearizability" (2017): a set of linearized operations that was reached before with the same
 * state is not tried again. Objects that do not influence each other are checked one by one, since a history is
 * linearizable if each object's part of it is (Herlihy and Wing, 1990).
 */
final class Linearizability {
    /**
     * One operation with its result.
     *
     * @param invoked by {@link System#nanoTime()}, before the operation began
     * @param returned after its result was there
     */
    record Operation<W>(long invoked, long returned, W what) {}

    /** A sequential object. */
    interface Model<S, W> {
        S initial();

        /** The state afterwards; empty when the object would have given another result. */
        Optional<S> after(S state, W what);
    }

    private Linearizability() {}

    static <S, W> boolean holds(Model<S, W> model, List<Operation<W>> history) {
        Event<W> head = events(history);
        Set<Placed<S>> tried = new HashSet<>();
        Deque<Choice<S, W>> choices = new ArrayDeque<>();
        BitSet placed = new BitSet(history.size());
        S state = model.initial();
        Event<W> event = head.next;
        while (head.next != null) {
            // Never null here: an operation's end comes after its beginning, and the end of one that is not linearized
            // causes a step back.
            if (event.end != null) {
                Optional<S> after = model.after(state, event.what);
                placed.set(event.operation);
                if (after.isPresent() && tried.add(new Placed<>((BitSet) placed.clone(), after.get()))) {
                    choices.push(new Choice<>(event, state));
                    state = after.get();
                    event.takeOut();
                    event = head.next;
                } else {
                    placed.clear(event.operation);
                    event = event.next;
                }
            } else {
                if (choices.isEmpty()) {
                    return false;
                }
                Choice<S, W> last = choices.pop();
                state = last.before();
                placed.clear(last.event().operation);
                last.event().putBack();
                event = last.event().next;
            }
        }
        return true;
    }

    /** The linearized operations, in some order, and the resulting state. */
    private record Placed<S>(BitSet operations, S state) {}

    private record Choice<S, W>(Event<W> event, S before) {}

    /** The beginnings and ends in order of time, after a head; of two at one moment the beginning is first. */
    private static <W> Event<W> events(List<Operation<W>> history) {
        record At<W>(long time, Event<W> event) {}
        List<At<W>> all = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Operation<W> operation = history.get(i);
            Event<W> end = new Event<>(i, operation.what(), null);
            all.add(new At<>(operation.invoked(), new Event<>(i, operation.what(), end)));
            all.add(new At<>(operation.returned(), end));
        }
        all.sort(Comparator.<At<W>>comparingLong(At::time).thenComparing(at -> at.event().end == null));
        Event<W> head = new Event<>(-1, null, null);
        Event<W> last = head;
        for (At<W> each : all) {
            last.next = each.event();
            each.event().previous = last;
            last = each.event();
        }
        return head;
    }

    /** A beginning, which knows its end, or an end, in a list from which pairs are removed and put back. */
    private static final class Event<W> {
        final int operation;
        final @Nullable W what;
        final @Nullable Event<W> end;

        @Nullable
        Event<W> previous;

        @Nullable
        Event<W> next;

        Event(int operation, @Nullable W what, @Nullable Event<W> end) {
            this.operation = operation;
            this.what = what;
            this.end = end;
        }

        void takeOut() {
            unlink();
            end.unlink();
        }

        void putBack() {
            end.link();
            link();
        }

        private void unlink() {
            previous.next = next;
            if (next != null) {
                next.previous = previous;
            }
        }

        private void link() {
            previous.next = this;
            if (next != null) {
                next.previous = this;
            }
        }
    }
}
