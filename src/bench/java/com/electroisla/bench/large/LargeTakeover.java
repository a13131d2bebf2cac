package com.electroisla.bench.large;

import com.electroisla.bench.large.LargeTakeoverSql.Locked;
import com.electroisla.command.CommandRefused;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Measures how long the shop stands still while a large database that Django made is taken over and given back: the
 * seconds of each step, and how many of them each table could not be read or written. The database is the real 0020
 * with the rows of {@link LargeTakeoverSql}.
 */
public final class LargeTakeover {
    private static final int DJANGO = 20;
    private static final long LOOK_MILLIS = 20;
    private static final int WAY_BACK = 19;

    private final JdbcTarget target;
    private final Consumer<String> progress;
    private final List<String> rows = new ArrayList<>();

    /** @param target an empty database */
    public LargeTakeover(JdbcTarget target, Consumer<String> progress) {
        this.target = target;
        this.progress = progress;
    }

    /** A Markdown table. */
    public String run(long products) {
        LegacyDatabase.load(target, DJANGO);
        try (Database database = new Database(target, 2);
                Database watching = new Database(target, 1)) {
            progress.accept(("Creando %d productos, pedidos y cinco veces más reservas en la 0020 de Django...")
                    .formatted(products));
            database.useTransaction(handle -> LargeTakeoverSql.fill(handle, products));
            database.use(LargeTakeoverSql::vacuum);
            String size = database.read(LargeTakeoverSql::size);
            Migrations migrations = new Migrations(database).tellingProgressTo(progress);
            migrate("over", "`migrate api 0019 --reparar`", migrations, watching, new Target.Number(WAY_BACK));
            migrate("over", "", migrations, watching, Target.LATEST);
            migrate("back", "all of it", migrations, watching, new Target.Number(WAY_BACK));
            migrate("over again", "", migrations, watching, Target.LATEST);
            return """
                    %,d products, %,d users, %,d orders, %,d reservations that are over; %s.

                    | way | step | seconds | nobody reads or writes, s | nobody writes, s |
                    | --- | --- | ---: | --- | --- |
                    %s
                    """.formatted(products, products * 3 / 10, products, 5 * products, size, String.join("\n", rows));
        }
    }

    /** @param whole the name of the way where it is one step; empty where each migration is one */
    private void migrate(String way, String whole, Migrations migrations, Database watching, Target to) {
        try (Watch watch = new Watch(watching)) {
            MigrationOutcome outcome = migrations.migrateTo(to, true, true, line -> {
                progress.accept(line);
                if (line.startsWith("Applying ")) {
                    watch.step(way, line.substring("Applying api.".length(), line.indexOf("...")));
                }
            });
            if (outcome instanceof MigrationOutcome.Refused refused) {
                throw new CommandRefused(refused.reason());
            }
            if (whole.isEmpty()) {
                watch.total(way);
            } else {
                watch.step(way, whole);
            }
        }
    }

    /** Looks at the locks at short intervals from a session of its own. */
    private final class Watch implements AutoCloseable {
        private final Thread looker;
        private final CountDownLatch over = new CountDownLatch(1);

        @GuardedBy("this")
        private final Map<Locked, Long> held =
                new TreeMap<>(java.util.Comparator.comparing(Locked::table).thenComparing(Locked::exclusive));

        private final long began = System.nanoTime();

        @GuardedBy("this")
        private long stepBegan = began;

        Watch(Database watching) {
            looker = Thread.ofPlatform()
                    .daemon()
                    .start(() -> watching.use(handle -> {
                        long last = System.nanoTime();
                        while (!await()) {
                            List<Locked> locks = LargeTakeoverSql.locks(handle);
                            long now = System.nanoTime();
                            add(locks, now - last);
                            last = now;
                        }
                    }));
        }

        private boolean await() {
            try {
                return over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                return true;
            }
        }

        private synchronized void add(List<Locked> locks, long nanos) {
            for (Locked lock : locks) {
                held.merge(lock, nanos, Long::sum);
            }
        }

        synchronized void step(String way, String name) {
            long now = System.nanoTime();
            rows.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %s | %s |",
                    way,
                    name,
                    (now - stepBegan) / 1e9,
                    named(true),
                    named(false)));
            held.clear();
            stepBegan = now;
        }

        void total(String way) {
            rows.add(String.format(
                    Locale.ROOT, "| %s | **in all** | **%.1f** | | |", way, (System.nanoTime() - began) / 1e9));
        }

        @GuardedBy("this")
        private String named(boolean exclusive) {
            return held.entrySet().stream()
                    .filter(entry -> entry.getKey().exclusive() == exclusive)
                    .map(entry ->
                            String.format(Locale.ROOT, "%s %.1f", entry.getKey().table(), entry.getValue() / 1e9))
                    .collect(Collectors.joining(", "));
        }

        @Override
        public void close() {
            over.countDown();
            try {
                looker.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
