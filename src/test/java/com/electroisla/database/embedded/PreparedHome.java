package com.electroisla.database.embedded;

import com.electroisla.database.Database;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Homes of a shop that has been open before: with the programs and a migrated database, stopped cleanly. One is made in
 * each JVM, the others are copies of it.
 */
public final class PreparedHome {
    private static final HomeFolder MODEL = make();

    private PreparedHome() {}

    /** Puts the programs and the database into a home that has none. */
    public static void into(Path home) throws IOException {
        LinkedPrograms.into(home);
        HomeFolder copy = HomeFolder.open(home);
        LinkedPrograms.copy(MODEL.data(), copy.data(), PreparedHome::copyFile);
        copyFile(copy.password(), MODEL.password());
    }

    private static void copyFile(Path copy, Path original) throws IOException {
        Files.copy(original, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static HomeFolder make() {
        try {
            Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "casa-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> HomeFolder.discard(home), "prepared-home"));
            LinkedPrograms.into(home);
            try (EmbeddedPostgres postgres = EmbeddedPostgres.attach(home, _ -> {});
                    Database database = new Database(postgres.target(), 2)) {
                MigrationOutcome outcome = new Migrations(database).migrateTo(Target.LATEST, false, _ -> {});
                if (!(outcome instanceof MigrationOutcome.Done)) {
                    throw new IllegalStateException(outcome.toString());
                }
            }
            return HomeFolder.open(home);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
