package com.electroisla.database;

import com.electroisla.database.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The real PostgreSQL of the tests: one for the whole JVM, with the settings of production but for three, kept in
 * {@code target/test-postgres} so that the next run starts quickly.
 *
 * <p>Each test takes a database of its own. These are dropped when the JVM ends; those of a killed JVM when the next
 * one begins.
 */
public final class TestPostgres {
    private static final int DROPPED_AT_ONCE = 10;
    /** As many as four gigabytes hold. */
    private static final int MOST_DISCARDED = 400;

    private static final String PREFIX = "prueba_";
    /** Advisory locks in the database for maintenance. */
    private static final int PASSWORDS = 1;

    private static final int RIGHTS_OF_THE_SHOP = 2;
    private static final Queue<String> MADE = new ConcurrentLinkedQueue<>();
    private static final Queue<String> DISCARDED = new ConcurrentLinkedQueue<>();
    private static final EmbeddedPostgres POSTGRES = attach();

    /** Makes and drops databases, one at a time; a connection for each would cost as much as the database. */
    private static final Connection MAKER = connectToMaintenance();

    private TestPostgres() {}

    /** A fresh empty database. */
    public static JdbcTarget newDatabase() {
        return newDatabase("template1");
    }

    /**
     * The same database with the role of a shop with its own PostgreSQL, which is no superuser, and owns the database
     * from now on.
     */
    public static JdbcTarget asShop(JdbcTarget empty) {
        run("ALTER DATABASE " + nameOf(empty) + " OWNER TO tienda");
        JdbcTarget shop = POSTGRES.target();
        return new JdbcTarget(empty.url(), shop.user(), shop.password());
    }

    /**
     * Waits until no other test has this, and has it until it is closed: for tests that change what the shop's role
     * may, which is the same in every database of the server.
     */
    public static Connection rightsOfTheShop() {
        try {
            Connection connection = connectToMaintenance();
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(" + RIGHTS_OF_THE_SHOP + ")");
            }
            return connection;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A fresh copy of a database of this server, to which no session may be connected. */
    public static JdbcTarget newDatabase(JdbcTarget template) {
        return newDatabase(nameOf(template));
    }

    /** A fresh copy of a database of this server, to which no session may be connected. */
    public static JdbcTarget newDatabase(String template) {
        String name = PREFIX + ProcessHandle.current().pid() + "_"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        // Copied as files: page by page, through the log, it takes several times as long.
        run("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY FILE_COPY");
        MADE.add(name);
        return POSTGRES.maintenance(name);
    }

    /**
     * Ends the sessions of a database that was made here, which is not needed any more. It is dropped later, together
     * with others: for some time after a deletion the file system looks, for each new file, at all that were deleted,
     * and that was a third of this server's work.
     */
    public static void discard(JdbcTarget target) {
        String name = nameOf(target);
        run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        DISCARDED.add(name);
        if (DISCARDED.size() > MOST_DISCARDED) {
            for (String each = DISCARDED.poll(); each != null; each = DISCARDED.poll()) {
                drop(each);
            }
        }
    }

    /** Drops a database that was made here, and ends its sessions. */
    public static void drop(JdbcTarget target) {
        drop(nameOf(target));
    }

    private static void drop(String name) {
        run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        MADE.remove(name);
    }

    /** The name of the target's database. */
    public static String nameOf(JdbcTarget target) {
        return target.url().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
    }

    private static EmbeddedPostgres attach() {
        var postgres = EmbeddedPostgres.attach(Path.of("target", "test-postgres"), System.err::println);
        doNotWaitForTheDisk(postgres.maintenance("electro_isla"));
        makeSigningInCheap(postgres);
        dropLeftovers(postgres.maintenance("electro_isla"));
        Runtime.getRuntime().addShutdownHook(new Thread(TestPostgres::leave, "test-postgres"));
        return postgres;
    }

    /**
     * Turns fsync off, and whole pages in the log. No test cuts the machine's power; a killed server or client finds
     * its commits all the same, and each new database costs less. Autovacuum is off too: it would look at hundreds of
     * databases in turn, each for a moment, and a test that needs statistics makes its own.
     */
    private static void doNotWaitForTheDisk(JdbcTarget target) {
        try (Connection connection = connect(target);
                var statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "full_page_writes", "autovacuum")) {
                statement.execute("ALTER SYSTEM SET " + setting + " = off");
            }
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Gives both roles the password that they have, to be hashed once and not 4,096 times: each of the thousands of
     * connections has to do it again, and takes ten milliseconds for it without the JVM's second compiler.
     */
    private static void makeSigningInCheap(EmbeddedPostgres postgres) {
        JdbcTarget maintenance = postgres.maintenance("electro_isla");
        try (Connection connection = connect(maintenance);
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + PASSWORDS + ")");
            statement.execute("SET scram_iterations = 1");
            for (JdbcTarget each : List.of(maintenance, postgres.target())) {
                statement.execute("ALTER ROLE " + each.user() + " PASSWORD '" + each.password() + "'");
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void dropLeftovers(JdbcTarget target) {
        try (Connection connection = connect(target)) {
            List<String> names = new ArrayList<>();
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "SELECT datname FROM pg_database WHERE starts_with(datname, 'prueba_')")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                boolean ownerLives =
                        ProcessHandle.of(Long.parseLong(name.split("_")[1])).isPresent();
                if (!ownerLives) {
                    drop(connection, name);
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Drops many databases at a time, because each waits for a checkpoint and they can share one; a JVM that takes too
     * long to end is killed.
     */
    private static void leave() {
        try (POSTGRES;
                ExecutorService dropping = Executors.newFixedThreadPool(DROPPED_AT_ONCE)) {
            MADE.forEach(name -> dropping.execute(() -> dropOnLeaving(name)));
        }
    }

    private static void dropOnLeaving(String name) {
        try (Connection connection = connect(POSTGRES.maintenance("electro_isla"))) {
            drop(connection, name);
        } catch (SQLException leftForTheNextRun) {
            System.err.println("test-postgres: " + leftForTheNextRun.getMessage());
        }
    }

    private static void run(String sql) {
        synchronized (MAKER) {
            try (var statement = MAKER.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static Connection connectToMaintenance() {
        try {
            return connect(POSTGRES.maintenance("electro_isla"));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void drop(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
    }

    private static Connection connect(JdbcTarget target) throws SQLException {
        return target.connect(Map.of());
    }
}
