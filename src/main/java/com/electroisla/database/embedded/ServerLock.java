package com.electroisla.database.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lock that a running PostgreSQL holds itself, on a file in its data folder.
 *
 * <p>Invariant: without this lock no server is started. The lock is a {@code flock(2)} on a descriptor that a shell
 * opens and that every program started from it inherits: {@code pg_ctl}, the server, each of its processes. The kernel
 * releases it when the last of them has ended, even if the process that started them ended earlier; namespaces do not
 * matter to it, so it holds between containers. (Java can neither pass on a descriptor nor hold a lock that outlives
 * its process.)
 *
 * <p>The file records where its last server was started and which one that was. A dead server's {@code postmaster.pid}
 * is removed only under the lock; for one that is not recorded in this file see {@link #mayBeElsewhere}.
 */
final class ServerLock {
    /** Exit codes of {@link #around}; {@code pg_ctl} and {@code postgres} have others. */
    static final int HELD = 75;

    static final int UNLOCKABLE = 74;

    private static final String TAKE_AND_RUN = """
            lock=$1 namespace=$2 host=$3 java=$4 classes=$5
            shift 5
            exec 9<>"$lock" || exit 74
            if command -v flock >/dev/null 2>&1; then
                flock -n 9
            else
                "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$classes" \
                    com.electroisla.database.embedded.DescriptorLock 9
            fi
            case $? in
            0) ;;
            1) exit 75 ;;
            *) exit 74 ;;
            esac
            printf '%s\\n%s\\n' "$namespace" "$host" >"$lock" && rm -f datos/postmaster.pid || exit 74
            exec "$@"
            """;

    private static final int NAMESPACE = 0;
    private static final int HOST = 1;
    private static final int SERVER = 2;

    private final HomeFolder home;

    ServerLock(HomeFolder home) {
        this.home = home;
    }

    /**
     * A command line that runs in the home folder, takes the lock, deletes the dead server's file and becomes the
     * program; or ends.
     */
    List<String> around(List<String> command) throws IOException {
        try {
            Files.createFile(file(), HomeFolder.OWNER_ONLY_FILE);
        } catch (FileAlreadyExistsException fine) {
            // The file is never replaced: a lock belongs to this very file.
        }
        List<String> line = new ArrayList<>(List.of(
                "sh",
                "-c",
                TAKE_AND_RUN,
                "sh",
                file().toString(),
                Processes.namespace(),
                hostName(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path")));
        line.addAll(command);
        return line;
    }

    /** Records which server holds the lock now. */
    void belongsTo(Postmaster server) throws IOException {
        List<String> lines = lines();
        if (lines.size() == SERVER) {
            Files.writeString(file(), server.identity() + "\n", StandardOpenOption.APPEND);
        }
    }

    /** Whether that server, dead or alive, was started under the lock: then the lock alone tells whether it lives. */
    boolean knows(Postmaster server) throws IOException {
        List<String> lines = lines();
        return lines.size() == SERVER
                || lines.size() > SERVER && lines.get(SERVER).equals(server.identity());
    }

    /**
     * Whether a server that is not visible here, and whose start is not recorded, may still run in another container.
     * A release older than the lock may have started it. From the machine's own namespace it would be visible, and a
     * reboot would have ended it.
     */
    boolean mayBeElsewhere(Postmaster server) throws IOException {
        if (knows(server)) {
            return false;
        }
        return Processes.seesWholeMachine()
                ? ProcessHandle.allProcesses()
                        .anyMatch(process -> Processes.worksOn(home, process) && !Processes.runsFrom(home, process))
                : !server.startedAt().isBefore(Processes.machineStart());
    }

    /** Where the lock's holder runs, for a message; empty when it runs here or nothing is known. */
    Optional<String> whereElse() throws IOException {
        List<String> lines = lines();
        return lines.size() > HOST && !lines.get(NAMESPACE).equals(Processes.namespace())
                ? Optional.of(lines.get(HOST))
                : Optional.empty();
    }

    private List<String> lines() throws IOException {
        return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
    }

    Path file() {
        return home.data().resolve("electro-isla.lock");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "");
        } catch (UnknownHostException nameless) {
            return "";
        }
    }
}
