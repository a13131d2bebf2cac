package com.electroisla.groupcommit;

import com.electroisla.database.Column;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The smallest decider for a group commit: counters, to which users add; a counter that would exceed {@link #MOST}
 * stays as it is.
 */
final class Counters implements Decider<Counters.Add, Counters.Outcome> {
    static final int MOST = 5;

    /** An amount that a constraint of the table refuses. */
    static final int REFUSED_BY_THE_DATABASE = 0;

    /** An amount that the decision does not expect. */
    static final int BREAKS_THE_DECISION = -1;

    /** An amount at which locking fails, before anything is locked or left out. */
    static final int BREAKS_THE_LOCKING = -2;

    /** Two counters, 1 and 2, and a row for each addition. */
    static final String TABLES = """
            CREATE TABLE contadores (id bigint PRIMARY KEY, valor int NOT NULL);
            INSERT INTO contadores VALUES (1, 0), (2, 0);
            CREATE TABLE sumas (
                contador bigint CONSTRAINT sumas_product_fk REFERENCES contadores (id),
                usuario int, cantidad int CHECK (cantidad <> 0), momento timestamptz)
            """;

    record Add(int userId, long counter, int amount) implements UserRequest {}

    sealed interface Outcome {
        record Now(int value) implements Outcome {}

        record Full() implements Outcome {}

        record UserGone() implements Outcome {}
    }

    /** How often it was asked which counters some requests need. */
    final AtomicInteger asked = new AtomicInteger();

    private final DatabaseClock clock;

    Counters(DatabaseClock clock) {
        this.clock = clock;
    }

    @Override
    public Locked<Add, Outcome> lock(Handle handle, Opening opening, List<Add> requests) {
        Map<Long, Integer> values = new HashMap<>();
        if (requests.stream().anyMatch(add -> add.amount() == BREAKS_THE_LOCKING)) {
            throw new IllegalStateException("nobody asks for that");
        }
        for (Add add : requests) {
            if (opening.avoided().contains(add.counter())) {
                opening.leaveOut(add.userId(), add.counter());
            }
        }
        Set<Long> wanted = requests.stream()
                .filter(add -> opening.serves(add.userId()))
                .map(Add::counter)
                .collect(Collectors.toCollection(TreeSet::new));
        opening.run(
                handle,
                Opening.Users.READ,
                new Script()
                        .add(
                                "SELECT id, valor FROM contadores WHERE id = ANY(:counters) ORDER BY id FOR NO "
                                        + "KEY UPDATE",
                                row -> values.put(row.getLong("id"), row.getInt("valor")))
                        .bind("counters", Column.longs(wanted)));
        var now = clock.at(opening.databaseTime());
        return new Locked<>(now, (toDecide, writes) -> {
            List<Outcome> outcomes = new ArrayList<>();
            List<Add> added = new ArrayList<>();
            for (Add add : toDecide) {
                Outcome outcome = decide(add, opening.carts().containsKey(add.userId()), values);
                outcomes.add(outcome);
                if (outcome instanceof Outcome.Now) {
                    added.add(add);
                }
            }
            write(writes, added, values, now.toString());
            return outcomes;
        });
    }

    private static Outcome decide(Add add, boolean active, Map<Long, Integer> values) {
        if (!active) {
            return new Outcome.UserGone();
        }
        if (add.amount() == BREAKS_THE_DECISION) {
            throw new IllegalStateException("nobody takes away");
        }
        int value = values.getOrDefault(add.counter(), 0) + add.amount();
        if (value > MOST) {
            return new Outcome.Full();
        }
        values.put(add.counter(), value);
        return new Outcome.Now(value);
    }

    private static void write(Script writes, List<Add> added, Map<Long, Integer> values, String now) {
        if (added.isEmpty()) {
            return;
        }
        writes.add("UPDATE contadores c SET valor = v.valor FROM unnest(:ids, :values) AS v(id, valor) WHERE "
                        + "c.id = v.id")
                .bind("ids", Column.longs(values.keySet()))
                .bind("values", Column.ints(values.values()));
        writes.add("INSERT INTO sumas SELECT contador, usuario, cantidad, CAST(:moment AS timestamptz) "
                        + "FROM unnest(:counters, :adders, :amounts) AS v(contador, usuario, cantidad)")
                .bind("moment", now)
                .bind("counters", Column.longs(added, Add::counter))
                .bind("adders", Column.ints(added, Add::userId))
                .bind("amounts", Column.ints(added, Add::amount));
    }

    @Override
    public Map<Integer, Set<Long>> products(Handle handle, List<Add> requests) {
        asked.incrementAndGet();
        Map<Integer, Set<Long>> counters = new HashMap<>();
        for (Add add : requests) {
            counters.computeIfAbsent(add.userId(), user -> new HashSet<>()).add(add.counter());
        }
        return counters;
    }

    @Override
    public Blocked blocked(Handle handle, Stage stage, Collection<Integer> users, Set<Long> products) {
        Set<Long> locked = new HashSet<>(products);
        locked.removeAll(
                handle.createQuery("SELECT id FROM contadores WHERE id = ANY(:counters) FOR NO KEY UPDATE SKIP LOCKED")
                        .bind("counters", Column.longs(products))
                        .mapTo(Long.class)
                        .set());
        return stage == Stage.LOCKING ? new Blocked(Set.of(), locked) : Blocked.NOBODY;
    }

    @Override
    public void awaitProduct(Handle handle, long product, Duration longest) {
        handle.execute("SET LOCAL lock_timeout TO '" + longest.toMillis() + "ms'");
        handle.createQuery("SELECT id FROM contadores WHERE id = :counter FOR NO KEY UPDATE")
                .bind("counter", product)
                .mapTo(Long.class)
                .findOne();
    }
}
