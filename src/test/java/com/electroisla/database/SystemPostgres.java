package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.docs.Debian;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The PostgreSQL of the system's own packages (15 in Debian 12), in a folder of its own and on loopback only. If it is
 * missing, it is installed on a Debian where we may; otherwise the test fails and says what to install.
 */
public final class SystemPostgres implements AutoCloseable {
    private static final String PASSWORD = "prueba";

    private final Path programs;
    private final Path data;
    private final int port;

    private SystemPostgres(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Starts one that survives no power failure, for tests that don't care. */
    public static SystemPostgres start(Path folder) throws IOException {
        // While autovacuum's ANALYZE looks at a database, no page can be pruned.
        return start(folder, " -c fsync=off -c autovacuum=off");
    }

    /** Starts one with the settings that the package comes with, which are durable. */
    public static SystemPostgres startAsInstalled(Path folder) throws IOException {
        return start(folder, "");
    }

    private static SystemPostgres start(Path folder, String settings) throws IOException {
        Debian.program("pg_ctlcluster", "postgresql");
        Path programs;
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            programs = versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path password = Files.writeString(folder.resolve("clave"), PASSWORD);
        SystemPostgres postgres = new SystemPostgres(programs, folder.resolve("datos"), port);
        postgres.run(
                "initdb",
                "-D",
                postgres.data.toString(),
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile",
                password.toString(),
                "-E",
                "UTF8",
                "--no-sync");
        postgres.run(
                "pg_ctl",
                "-D",
                postgres.data.toString(),
                "-l",
                folder.resolve("log").toString(),
                "-w",
                "start",
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" + settings);
        return postgres;
    }

    /**
     * Runs a program. PostgreSQL refuses root; in a user namespace of its own it owns the same files without root's
     * rights.
     */
    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(Debian.isRoot() ? List.of("unshare", "-U") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Debian.Ended ended = Debian.run(command);
        assertEquals(0, ended.code(), ended::text);
    }

    /** The program's name and version. */
    public String version() {
        Debian.Ended asked = Debian.run(List.of(programs.resolve("postgres").toString(), "--version"));
        return asked.text().replaceFirst("^postgres \\(PostgreSQL\\) (\\S+).*", "PostgreSQL $1");
    }

    public JdbcTarget superuser(String database) {
        return target(database, "postgres");
    }

    private JdbcTarget target(String database, String role) {
        return new JdbcTarget("jdbc:postgresql://127.0.0.1:" + port + "/" + database, role, PASSWORD);
    }

    /** An empty database of a role whose only right is to own it. */
    public JdbcTarget ownedByPlainRole(String name) throws SQLException {
        try (Connection connection = superuser("postgres").connect(Map.of());
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE " + name + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE " + name + " OWNER " + name);
        }
        return target(name, name);
    }

    @Override
    public void close() {
        run("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
    }
}
