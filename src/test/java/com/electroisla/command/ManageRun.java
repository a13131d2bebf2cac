package com.electroisla.command;

import com.electroisla.Commands;
import com.electroisla.command.Context.Terminal;
import com.electroisla.database.JdbcTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One command line run in this process, with its result. */
public record ManageRun(int code, List<String> out, List<String> err) {

    /** Runs it with this environment and nothing else; a command that would serve HTTP fails. */
    public static ManageRun of(Path base, Map<String, String> environment, String... args) {
        return typing("", base, environment, args);
    }

    /** Runs it with this text on standard input. */
    public static ManageRun typing(String input, Path base, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), utf8(out), utf8(err), environment);
        int code = new Manage(
                        base,
                        terminal,
                        (host, port, shop, started, stopped) -> {
                            throw new AssertionError("this test serves nothing");
                        },
                        Commands.ALL)
                .run(args);
        return new ManageRun(code, lines(out), lines(err));
    }

    /** The DATABASE_URL of a test's database. */
    public static String url(JdbcTarget target) {
        return target.url()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + encoded(target.user()) + ":" + encoded(target.password()) + "@");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static PrintStream utf8(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
