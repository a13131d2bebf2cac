package com.electroisla.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.LongProofs;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRestoreIT {
    private static final int KILLS = LongProofs.orLonger(4, 50);

    @TempDir
    private Path folder;

    @Test
    void kill_9_at_random_moments_leaves_the_old_database_or_the_new_one_and_nothing_half_made() throws Exception {
        JdbcTarget target = MigratedDatabase.create();
        sql(
                target,
                "INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, categoria, "
                        + "activo, en_carrusel, en_carousel_card,"
                        + " en_all_products, created_at, updated_at) SELECT 'P' || n, repeat('x', 50), 9.99, 0, 0, n, "
                        + "'otros', true, false, false, true, now(), now()"
                        + " FROM generate_series(1, 5000) n");
        SortedMap<String, String> backedUp = Dump.of(target);
        Path file = folder.resolve("nuestra.eib");
        RoundTripIT.backup(target, file, Optional.empty());
        sql(target, "DELETE FROM productos WHERE id % 2 = 0", "CREATE TABLE despues (id int)");
        SortedMap<String, String> later = Dump.of(target);
        long wholeRun = run(target, file, Long.MAX_VALUE);
        assertEquals(backedUp, Dump.of(target), "without a kill");
        int old = 0;

        for (int i = 0; i < KILLS; i++) {
            toLater(target, later);
            // From the start of the restore until a little after its end: a moment in each part of that time.
            long part = wholeRun * 11 / 10 / KILLS;
            long after = i * part + ThreadLocalRandom.current().nextLong(part);
            run(target, file, after);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> ask(
                                    target,
                                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                                            + "AND pid <> "
                                            + "pg_backend_pid() AND backend_type = 'client backend'")
                            == 0);

            SortedMap<String, String> found = Dump.of(target);

            boolean isOld = found.containsKey("despues");
            assertEquals(isOld ? later : backedUp, found, "killed after " + after + " ns");
            assertEquals(
                    0, ask(target, "SELECT count(*) FROM pg_namespace WHERE nspname = 'electro_isla_restauracion'"));
            old += isOld ? 1 : 0;
        }
        assertTrue(old > 0, "none of them was killed in time");
    }

    /** @return nanoseconds from the restore's first line to its end */
    private static long run(JdbcTarget target, Path file, long killAfterNanos) throws Exception {
        Process process = RestoringProcess.start(target, file);
        try (var lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("Restaurando")) {
                line = lines.readLine();
            }
            assertFalse(line == null, "it ended before it began");
            long begun = System.nanoTime();
            if (!process.waitFor(Math.min(killAfterNanos, TimeUnit.MINUTES.toNanos(2)), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return System.nanoTime() - begun;
        }
    }

    /** Puts the database back into the state that is to be replaced. */
    private static void toLater(JdbcTarget target, SortedMap<String, String> later) throws Exception {
        if (ask(
                        target,
                        "SELECT count(*) FROM pg_class WHERE relname = 'despues' AND relnamespace = "
                                + "'public'::regnamespace")
                == 0) {
            sql(target, "DELETE FROM productos WHERE id % 2 = 0", "CREATE TABLE despues (id int)");
        }
        assertEquals(later, Dump.of(target));
    }

    private static void sql(JdbcTarget target, String... statements) throws Exception {
        try (Connection connection = target.connect(Map.of());
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static long ask(JdbcTarget target, String query) throws Exception {
        try (Connection connection = target.connect(Map.of());
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
