package com.electroisla.command;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Status;
import com.electroisla.logs.LogFiles;
import com.electroisla.settings.Settings;
import com.electroisla.wiring.Shop;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The context of one command. The database and the shop are opened when they are first asked for and closed after the
 * command, so a command that needs neither pays for neither. Used by one thread.
 */
public final class Context implements AutoCloseable {
    private static final int COMMAND_CONNECTIONS = 4;

    private final Settings settings;
    private final Terminal terminal;
    private final HttpServer http;
    private final PrintStream out;
    private final PrintStream err;
    private @Nullable OpenDatabase database;
    private @Nullable Shop shop;
    private @Nullable LogFiles logs;

    /**
     * The streams and the environment of a command.
     *
     * @param out data and messages for people
     * @param err problems and progress
     */
    public record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {}

    Context(Settings settings, Terminal terminal, HttpServer http) {
        this.settings = settings;
        this.terminal = terminal;
        this.http = http;
        this.out = new HarmlessOutput(terminal.out());
        this.err = new HarmlessOutput(terminal.err());
    }

    public Settings settings() {
        return settings;
    }

    /**
     * Data and messages for people; UTF-8 whatever the locale. Control characters in a text are printed as escapes and
     * have no effect.
     */
    public PrintStream out() {
        return out;
    }

    /** Problems and progress. */
    public PrintStream err() {
        return err;
    }

    /** Prints a text of several lines. Names in it must have been made {@link com.electroisla.logs.HarmlessText}. */
    public void printLines(String text) {
        text.lines().forEach(out::println);
    }

    /** The operator's terminal itself, for a bar that moves the cursor. */
    PrintStream rawErr() {
        return terminal.err();
    }

    public InputStream in() {
        return terminal.in();
    }

    /** Whether the command is interactive: standard input and output are a terminal. */
    public boolean isTerminal() {
        Console console = in() == System.in ? System.console() : null;
        return console != null && console.isTerminal();
    }

    public Map<String, String> environment() {
        return terminal.environment();
    }

    HttpServer http() {
        return http;
    }

    /**
     * Serves the shop over HTTP until the process is told to end.
     *
     * @param listen {@code PORT} or {@code ADDRESS:PORT}
     * @param prepare runs on the migrated database before the port opens; a {@link CommandRefused} ends the command
     * @param afterStart runs once requests are answered
     * @return the exit code
     */
    public int serve(String listen, Consumer<Shop> prepare, Consumer<Shop> afterStart) {
        return new Serving(this, ServerAddress.parse(listen), prepare, afterStart).run();
    }

    /** The database as it is, whatever its migrations. */
    public Database database() {
        if (database == null) {
            database = OpenDatabase.open(settings, COMMAND_CONNECTIONS, Database.Purpose.COMMANDS, err()::println);
        }
        return database.database();
    }

    /** The migrations of {@link #database()}. */
    public Migrations migrations() {
        return new Migrations(database());
    }

    /**
     * A part of the shop, on a database that has every migration of this program.
     *
     * @throws CommandRefused when it lacks one, naming the command that mends it
     */
    public <T> T part(Part<T> part) {
        Status status = migrations().status();
        refuseIfUnusable(status);
        if (!status.current()) {
            throw new CommandRefused("A la base de datos le faltan migraciones; ejecuta: ./manage migrate");
        }
        return part.of(open());
    }

    /**
     * A part of the shop, on a database that has at least 0019: for what an operator does between the guide's steps 2
     * and 4.
     *
     * @throws CommandRefused when it lacks 0019, naming the command that mends it
     */
    public <T> T partAtStockSystem(Part<T> part) {
        Status status = migrations().status();
        refuseIfUnusable(status);
        if (status.level() < 19) {
            throw new CommandRefused(
                    "A la base de datos le falta el sistema de stock; ejecuta: ./manage migrate api 0019");
        }
        return part.of(open());
    }

    private static void refuseIfUnusable(Status status) {
        status.problem().ifPresent(problem -> {
            throw new CommandRefused(problem);
        });
    }

    private Shop open() {
        if (shop == null) {
            logs = LogFiles.start(settings.home());
            shop = Shop.open(settings, database(), DatabaseClock.REAL);
        }
        return shop;
    }

    @Override
    public void close() {
        try {
            if (shop != null) {
                shop.close();
            }
        } finally {
            if (logs != null) {
                logs.close();
            }
            if (database != null) {
                database.close();
            }
        }
    }
}
