package com.electroisla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.embedded.PreparedHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server whose included database cannot be started any more. */
class DatabaseLostProcessIT {
    @TempDir
    private Path folder;

    @Test
    void a_server_that_cannot_start_its_database_again_ends_as_failed_so_that_its_keeper_starts_it_anew()
            throws Exception {
        PreparedHome.into(folder.resolve("var"));
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            Path data = folder.resolve("var/datos");
            Path settings = data.resolve("postgresql.conf");
            Files.writeString(settings, Files.readString(settings) + "\nno_existe = 1\n");
            ProcessHandle postgres = ProcessHandle.of(Long.parseLong(
                            Files.readAllLines(data.resolve("postmaster.pid")).getFirst()))
                    .orElseThrow();
            postgres.destroyForcibly();

            assertTrue(server.process().waitFor(3, TimeUnit.MINUTES), server::output);

            assertEquals(1, server.process().exitValue(), server::output);
            assertTrue(
                    server.output().contains("el servidor termina, y quien lo vigila puede empezar de nuevo"),
                    server::output);
        }
    }
}
