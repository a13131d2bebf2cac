package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes that are visible from here.
 *
 * <p>Invariant: a pid identifies a process only within its namespace, and each container has its own. So a pid that
 * was written in another namespace proves nothing, and only processes that belong to this home are signalled. Where
 * there is no {@code /proc} (macOS) there are no such namespaces either.
 */
final class Processes {
    private static final Path PROC = Path.of("/proc");
    /** The machine's initial namespace, whose number the kernel fixes: from there every process is visible. */
    private static final String WHOLE_MACHINE = "pid:[4026531836]";

    private Processes() {}

    /** This namespace of this boot of the kernel, as one word; another container and another boot have other ones. */
    static String namespace() throws IOException {
        return onLinux()
                ? Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip() + "/" + namespace("self")
                : "-";
    }

    /** Whether every process of this machine is visible, in containers too. */
    static boolean seesWholeMachine() throws IOException {
        return !onLinux() || namespace("self").equals(WHOLE_MACHINE);
    }

    /** When the machine booted; the beginning of time where that is unknown. */
    static Instant machineStart() throws IOException {
        if (!onLinux()) {
            return Instant.EPOCH;
        }
        try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
            return lines.filter(line -> line.startsWith("btime "))
                    .findFirst()
                    .map(line -> Instant.ofEpochSecond(
                            Long.parseLong(line.substring("btime ".length()).strip())))
                    .orElse(Instant.EPOCH);
        }
    }

    /** Refuses a {@code /proc} of another namespace, whose pids mean other processes here. */
    static void checkSight() {
        if (!onLinux()) {
            return;
        }
        String seen = link(PROC.resolve("self"));
        if (seen == null || !seen.equals(Long.toString(ProcessHandle.current().pid()))) {
            throw new EmbeddedPostgresException("Aquí /proc falta o muestra los procesos de otro espacio de "
                    + "procesos, y sin él no se sabe qué"
                    + " base de datos está en marcha: monte el propio (unshare --mount-proc) o use otra base de "
                    + "datos con DATABASE_URL.");
        }
    }

    /** Whether the process runs a program of this home, in this namespace. */
    static boolean runsFrom(HomeFolder home, ProcessHandle process) {
        return process.info()
                        .command()
                        .filter(path -> Path.of(path).startsWith(home.binaries()))
                        .isPresent()
                && (!onLinux() || sharesNamespace(process.pid(), "pid"));
    }

    /**
     * Whether the process works in this home's data folder, as a server and its children do, wherever its program is.
     */
    static boolean worksOn(HomeFolder home, ProcessHandle process) {
        try {
            return Files.isSameFile(PROC.resolve(process.pid() + "/cwd"), home.data());
        } catch (IOException | SecurityException goneOrNotOurs) {
            return false;
        }
    }

    static boolean onLinux() {
        return System.getProperty("os.name", "").equals("Linux");
    }

    /** Whether 127.0.0.1 is the same for that process. */
    static boolean sharesNetwork(long pid) {
        return !onLinux() || sharesNamespace(pid, "net");
    }

    private static boolean sharesNamespace(long pid, String kind) {
        String its = link(PROC.resolve(pid + "/ns/" + kind));
        return its != null && its.equals(link(PROC.resolve("self/ns/" + kind)));
    }

    private static String namespace(String process) throws IOException {
        return Files.readSymbolicLink(PROC.resolve(process + "/ns/pid")).toString();
    }

    private static @Nullable String link(Path path) {
        try {
            return Files.readSymbolicLink(path).toString();
        } catch (IOException | SecurityException unreadable) {
            return null;
        }
    }
}
