package com.electroisla.bench.large;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.TestPostgres;
import com.electroisla.inventory.Inventory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The large takeover, too small for meaningful figures. */
class LargeTakeoverIT {
    @Test
    void each_step_is_measured_with_its_locks_and_the_figures_agree_in_the_end() {
        JdbcTarget target = TestPostgres.newDatabase();
        try {
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            String table = new LargeTakeover(target, lines::add).run(2_000);
            assertTrue(table.contains("2,000 products, 600 users, 2,000 orders, 10,000 reservations"), table);
            for (String row : List.of(
                    "| over | 0020_reservas_seguras | ",
                    "| back | all of it | ",
                    "| over again | 0032_personas_y_conservacion | ")) {
                assertTrue(table.contains(row), table);
            }
            assertTrue(
                    table.lines()
                            .anyMatch(line -> line.matches("\\| back \\| all of it \\| [\\d.]+ \\| .*productos.* \\|")),
                    table);
            assertTrue(
                    lines.stream().anyMatch(line -> line.contains("reservas vencidas, pasadas a expired")),
                    lines::toString);
            try (Database database = new Database(target, 2)) {
                assertEquals(
                        0,
                        new Inventory(database, DatabaseClock.REAL)
                                .verify(Optional.empty(), each -> lines.add(each.toString())),
                        lines::toString);
            }
        } finally {
            TestPostgres.discard(target);
        }
    }
}
