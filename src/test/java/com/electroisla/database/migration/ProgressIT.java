package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.database.Database;
import com.electroisla.database.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProgressIT {
    /** With one connection for both, the reporter's query waits for the work. */
    @Test
    void a_line_that_was_being_made_when_the_work_ended_is_not_said_after_the_result() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread teller;
        try (Database database = new Database(TestPostgres.newDatabase(), 1)) {
            teller = database.read(handle -> {
                try (MigrationProgress progress = new MigrationProgress(database, handle, lines::add)) {
                    return Awaitility.await()
                            .atMost(Duration.ofSeconds(30))
                            .until(ProgressIT::looking, Optional::isPresent)
                            .orElseThrow();
                }
            });
            teller.join();
        }
        assertEquals(List.of(), lines);
    }

    private static Optional<Thread> looking() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().equals("migration-progress"))
                .filter(each -> Stream.of(each.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("detail")))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
