package com.electroisla.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.database.JdbcTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PsqlTest {
    @TempDir
    Path folder;

    @Test
    void where_to_connect_goes_into_the_environment() {
        Map<String, String> environment = Psql.environment(JdbcTarget.of(
                URI.create("postgresql://ana:s%3Acreto@db.example.com:6432/mi%20tienda?sslmode=require")));
        assertEquals("db.example.com", environment.get("PGHOST"));
        assertEquals("6432", environment.get("PGPORT"));
        assertEquals("mi tienda", environment.get("PGDATABASE"));
        assertEquals("ana", environment.get("PGUSER"));
        assertEquals("s:creto", environment.get("PGPASSWORD"));
        assertEquals("require", environment.get("PGSSLMODE"));
    }

    @Test
    void the_usual_port_and_an_ipv6_host_are_understood() {
        Map<String, String> environment =
                Psql.environment(JdbcTarget.of(URI.create("postgresql://ana:x@[::1]/tienda")));
        assertEquals("::1", environment.get("PGHOST"));
        assertEquals("5432", environment.get("PGPORT"));
    }

    @Test
    void it_is_looked_for_in_the_path_only() throws IOException {
        assertEquals(Optional.empty(), Psql.find(Map.of("PATH", folder.toString())));
        Path psql = Files.createFile(
                folder.resolve("psql"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertEquals(Optional.of(psql), Psql.find(Map.of("PATH", "/nada::" + folder)));
        assertEquals(Optional.empty(), Psql.find(Map.of()));
    }
}
