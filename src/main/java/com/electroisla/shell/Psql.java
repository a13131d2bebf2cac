package com.electroisla.shell;

import com.electroisla.database.JdbcTarget;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real psql, if it is installed. The target is passed in its environment, the password too. */
public final class Psql {
    private static final Pattern SSL = Pattern.compile("[?&]sslmode=([a-z-]+)");

    private Psql() {}

    /** The path of psql, looked up as a shell would. */
    public static Optional<Path> find(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "psql"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs psql on this process's own terminal until the operator leaves it.
     *
     * @param stopAtError for a script
     * @return whether all statements succeeded
     */
    public static boolean run(Path psql, JdbcTarget target, boolean stopAtError)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(psql.toString()));
        if (stopAtError) {
            line.addAll(List.of("--no-psqlrc", "--set=ON_ERROR_STOP=1"));
        }
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment().putAll(environment(target));
        // Ctrl+C is for psql, which stops a query with it; the signal reaches this process too, and must not end it.
        try (var _ = new IgnoredInterrupt()) {
            return builder.start().waitFor() == 0;
        }
    }

    /** The environment that tells psql where to connect. */
    static Map<String, String> environment(JdbcTarget target) {
        URI address = URI.create(target.url().substring("jdbc:".length()));
        Matcher ssl = SSL.matcher(target.url());
        return Map.of(
                "PGHOST", address.getHost().replaceAll("^\\[|]$", ""),
                "PGPORT", Integer.toString(address.getPort() < 0 ? 5432 : address.getPort()),
                "PGDATABASE",
                        URLDecoder.decode(
                                address.getRawPath().substring(1).replace("+", "%2B"), StandardCharsets.UTF_8),
                "PGUSER", target.user(),
                "PGPASSWORD", target.password(),
                "PGSSLMODE", ssl.find() ? ssl.group(1) : "prefer",
                "PGAPPNAME", "electro-isla dbshell",
                "PGCLIENTENCODING", "UTF8");
    }
}
