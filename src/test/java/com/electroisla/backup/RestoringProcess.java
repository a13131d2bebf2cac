package com.electroisla.backup;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that restores a backup and prints each step, so that a test can kill it there. */
final class RestoringProcess {
    private RestoringProcess() {}

    static Process start(JdbcTarget target, Path file) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        target.url(),
                        target.user(),
                        target.password(),
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static final class Main {
        public static void main(String[] args) throws IOException {
            try (Database database = new Database(new JdbcTarget(args[0], args[1], args[2]), 2)) {
                new RestoreBackup(database, DatabaseClock.REAL)
                        .run(Path.of(args[3]), Optional.empty(), true, System.out::println);
                System.out.println("hecho");
            }
        }
    }
}
