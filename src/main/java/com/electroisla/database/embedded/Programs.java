package com.electroisla.database.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs.
 *
 * <p>Invariant: none runs with root's rights, which PostgreSQL refuses. For root they run in a user namespace of their
 * own ({@code unshare -U}), in which they own the same files without root's privileges. Their output goes to the log.
 */
final class Programs {
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(10);
    private static final int UNREACHABLE = 42;

    private final HomeFolder home;
    private final Binaries binaries;
    private final List<String> prefix;

    private Programs(HomeFolder home, Binaries binaries, List<String> prefix) {
        this.home = home;
        this.binaries = binaries;
        this.prefix = prefix;
    }

    /** Finds out how this user may run the programs. */
    static Programs of(HomeFolder home, Binaries binaries) {
        if (currentUser() != 0) {
            return new Programs(home, binaries, List.of());
        }
        checkNamespace(home.root());
        return new Programs(home, binaries, List.of("unshare", "-U"));
    }

    /**
     * Refuses the data of another user: files we made there would not belong to that user, and that user's server
     * would not be ours to stop.
     */
    static void checkOwner(HomeFolder home) throws IOException {
        if (Files.exists(home.data()) && (int) Files.getAttribute(home.data(), "unix:uid") != currentUser()) {
            throw new EmbeddedPostgresException("La carpeta " + home.data() + " es del usuario "
                    + Files.getOwner(home.data()).getName() + ": ejecute el programa con ese usuario.");
        }
    }

    private static long currentUser() {
        return new UnixSystem().getUid();
    }

    private static void checkNamespace(Path root) {
        String reason = "PostgreSQL no funciona como root y este sistema no permite «unshare -U»;"
                + " use un usuario normal o señale otra base de datos con DATABASE_URL.";
        try {
            var check = new ProcessBuilder(
                            "unshare", "-U", "sh", "-c", "test -w \"$0\" || exit " + UNREACHABLE, root.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int exit = await(check, CHECK_LIMIT) ? check.exitValue() : 1;
            if (exit == UNREACHABLE) {
                throw new EmbeddedPostgresException("PostgreSQL no funciona como root y, sin sus privilegios, "
                        + "no llega a " + root
                        + ": ejecute el programa con el dueño de esa carpeta.");
            }
            if (exit != 0) {
                throw new EmbeddedPostgresException(reason);
            }
        } catch (IOException noSuchProgram) {
            throw new EmbeddedPostgresException(reason, noSuchProgram);
        }
    }

    /** Starts a program in the home folder; its output goes to the end of the log. */
    Process start(String program, String... arguments) throws IOException {
        return start(line(program, arguments));
    }

    /** Starts a program that starts the server of this home: it ends at once when it cannot have the lock. */
    Process startLocked(ServerLock lock, String program, String... arguments) throws IOException {
        return start(lock.around(line(program, arguments)));
    }

    private List<String> line(String program, String... arguments) {
        List<String> line = new ArrayList<>(List.of(binaries.program(program)));
        line.addAll(List.of(arguments));
        return line;
    }

    private Process start(List<String> line) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(line);
        var builder = new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log().toFile()));
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("LC_ALL", "C");
        return builder.start();
    }

    /** Waits for the end of a process up to the limit; then the process is killed and the answer is false. */
    static boolean await(Process process, Duration limit) {
        try {
            if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Se interrumpió la espera por la base de datos incluida.", interrupted);
        }
        process.destroyForcibly();
        return false;
    }
}
