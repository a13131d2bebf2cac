package com.electroisla.shell;

import com.electroisla.database.JdbcTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A small psql: statements that end in a semicolon, {@code \dt}, {@code \d TABLE}, {@code \q}. One connection of its
 * own from beginning to end, so that BEGIN and SET have their usual effect; uncommitted changes are lost at the end.
 */
public final class SqlConsole {
    private static final Pattern DESCRIBE = Pattern.compile("\\\\d\\s+(\\S+?);?");

    private final Connection connection;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;

    private SqlConsole(Connection connection, PrintStream out, PrintStream err, boolean interactive) {
        this.connection = connection;
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    /**
     * Runs the reader's statements until its end or {@code \q}.
     *
     * @param interactive whether a person types: there is a prompt, and an error does not end the console
     * @return whether all statements succeeded; a script ends at its first error
     */
    public static boolean run(
            JdbcTarget target, BufferedReader in, PrintStream out, PrintStream err, boolean interactive)
            throws IOException, SQLException {
        // Without server-side prepared statements: a typed statement runs once, and may be DDL.
        try (Connection connection =
                target.connect(Map.of("ApplicationName", "electro-isla dbshell", "preferQueryMode", "simple"))) {
            return new SqlConsole(connection, out, err, interactive).run(in);
        }
    }

    private boolean run(BufferedReader in) throws IOException {
        StatementReader statements = new StatementReader();
        if (interactive) {
            out.println("SQL: las sentencias acaban en punto y coma; \\dt, \\d TABLA, \\q para salir.");
        }
        while (true) {
            prompt(statements.inTheMiddle());
            String line = in.readLine();
            if (line == null) {
                Optional<String> rest = statements.rest();
                return rest.isEmpty() || runOne(rest.get()) || interactive;
            }
            statements.addLine(line);
            for (Optional<String> next = statements.next(); next.isPresent(); next = statements.next()) {
                if (next.get().equals("\\q")) {
                    return true;
                }
                if (!runOne(next.get()) && !interactive) {
                    return false;
                }
            }
        }
    }

    private void prompt(boolean inTheMiddle) {
        if (interactive) {
            out.print(inTheMiddle ? "  -> " : "sql> ");
            out.flush();
        }
    }

    private boolean runOne(String typed) {
        try {
            if (typed.startsWith("\\")) {
                return command(typed);
            }
            ShellSql.run(connection, typed, out);
            return true;
        } catch (SQLException failure) {
            return refuse(inOneLine(failure) + " (" + failure.getSQLState() + ")");
        }
    }

    /** The server's own message, without the place in PostgreSQL's sources that the driver adds. */
    private static String inOneLine(SQLException failure) {
        ServerErrorMessage said = failure instanceof PSQLException error ? error.getServerErrorMessage() : null;
        String words =
                said == null ? String.valueOf(failure.getMessage()) : said.getSeverity() + ": " + said.getMessage();
        return words.replaceAll("\\s*\\R\\s*", " ");
    }

    private boolean command(String typed) throws SQLException {
        if (typed.equals("\\dt") || typed.equals("\\dt;")) {
            ShellSql.run(connection, ShellSql.TABLES, out);
            return true;
        }
        Matcher describe = DESCRIBE.matcher(typed);
        if (!describe.matches()) {
            return refuse("No se conoce «" + typed + "»; hay \\dt, \\d TABLA y \\q.");
        }
        return ShellSql.describe(connection, describe.group(1), out)
                || refuse("No existe la tabla «" + describe.group(1) + "».");
    }

    private boolean refuse(String reason) {
        err.println(reason);
        return false;
    }
}
