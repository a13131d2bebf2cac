package com.electroisla.bench.http;

import com.electroisla.command.CommandRefused;
import com.electroisla.database.JdbcTarget;
import com.electroisla.docs.Debian;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Django and gunicorn of Debian's packages, with one view ({@code django_view.py}) that checks out as a careful
 * programmer writes it: lock, look, write, commit. There is one process a core, with connections to the database that
 * stay open.
 */
final class DjangoView implements AutoCloseable {
    private static final String MODULE = "django_view";
    /** The one that gunicorn of the same packages runs in; another python3 may come before it in the path. */
    private static final String DEBIANS_PYTHON = "/usr/bin/python3";

    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    private final Process process;
    private final int port;
    private final String description;

    private DjangoView(Process process, int port, String description) {
        this.process = process;
        this.port = port;
        this.description = description;
    }

    /** @param folder the place of the view's files */
    static DjangoView start(JdbcTarget target, Path folder) throws Exception {
        String gunicorn = Debian.program("gunicorn", "gunicorn");
        String version = version();
        Path place = Files.createDirectories(folder);
        try (InputStream in = Objects.requireNonNull(DjangoView.class.getResourceAsStream(MODULE + ".py"))) {
            Files.write(place.resolve(MODULE + ".py"), in.readAllBytes());
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        int processes = Runtime.getRuntime().availableProcessors();
        ProcessBuilder builder = new ProcessBuilder(
                        gunicorn,
                        "--workers",
                        Integer.toString(processes),
                        "--worker-class",
                        "gthread",
                        "--threads",
                        "1",
                        "--keep-alive",
                        "60",
                        "--bind",
                        "127.0.0.1:" + port,
                        MODULE + ":application")
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("salida.txt").toFile());
        URI address = URI.create(target.url().substring("jdbc:".length()));
        builder.environment().put("VISTA_HOST", address.getHost());
        builder.environment().put("VISTA_PORT", Integer.toString(address.getPort()));
        builder.environment().put("VISTA_DB", address.getPath().substring(1));
        builder.environment().put("VISTA_USER", target.user());
        builder.environment().put("VISTA_PASSWORD", target.password());
        var view = new DjangoView(
                builder.start(), port, "Django " + version + ", gunicorn with " + processes + " processes");
        try {
            view.waitUntilItListens(place.resolve("salida.txt"));
            return view;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            view.close();
            throw failure;
        }
    }

    private static String version() {
        List<String> command = List.of(DEBIANS_PYTHON, "-c", "import django, psycopg2; print(django.get_version())");
        Debian.Ended asked = Debian.run(command);
        if (asked.code() != 0 && Debian.isRoot()) {
            Debian.install("python3-django", "python3-psycopg2");
            asked = Debian.run(command);
        }
        if (asked.code() != 0) {
            throw new CommandRefused(
                    "Falta Django para Python (en Debian: apt install python3-django python3-psycopg2 gunicorn)");
        }
        return asked.text().strip();
    }

    private void waitUntilItListens(Path output) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new CommandRefused("La vista de Django no arranca: "
                            + Files.readString(output).strip());
                }
                process.waitFor(Duration.ofMillis(50));
            }
        }
    }

    int port() {
        return port;
    }

    /** The programs with their versions. */
    String description() {
        return description;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(10))) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
