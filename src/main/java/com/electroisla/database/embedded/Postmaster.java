package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The running server as its {@code postmaster.pid} describes it.
 *
 * <p>Invariant: a pid in that file is trusted only if such a process of this namespace runs a program from this home
 * on this home's data. After a crash the pid may belong to any process, a zombie included, and a pid of one container
 * is another process in the next.
 *
 * @param pid the server's process
 * @param startedAt by the clock of that machine, to the second
 * @param port where it listens; 0 while the file is being written
 * @param status PostgreSQL's word for its state: {@code starting}, {@code ready}, {@code stopping}; empty while
 *     unknown
 */
record Postmaster(long pid, Instant startedAt, int port, String status) {
    private static final int START_LINE = 2;
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    static Optional<Postmaster> read(HomeFolder home) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(home));
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        }
        try {
            long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
            Instant startedAt = lines.size() > START_LINE
                    ? Instant.ofEpochSecond(Long.parseLong(lines.get(START_LINE).strip()))
                    : Instant.MAX;
            int port = lines.size() > PORT_LINE
                    ? Integer.parseInt(lines.get(PORT_LINE).strip())
                    : 0;
            String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
            return Optional.of(new Postmaster(pid, startedAt, port, status));
        } catch (NumberFormatException | DateTimeException halfWritten) {
            return Optional.of(new Postmaster(0, Instant.MAX, 0, ""));
        }
    }

    static Path file(HomeFolder home) {
        return home.data().resolve("postmaster.pid");
    }

    /** Whether the process is there and runs a program of this home on its data. */
    boolean isRunning(HomeFolder home) {
        return ProcessHandle.of(pid)
                .filter(process ->
                        Processes.runsFrom(home, process) && (!Processes.onLinux() || Processes.worksOn(home, process)))
                .isPresent();
    }

    boolean isReady() {
        return port > 0 && status.equals("ready");
    }

    /** The server's identity: no second server of this folder has the same. */
    String identity() {
        return pid + " " + startedAt.getEpochSecond();
    }

    /** Kills processes that a killed server left running. Only under the start lock and when no server runs. */
    static void killOrphans(HomeFolder home) {
        ProcessHandle.allProcesses()
                .filter(process -> Processes.runsFrom(home, process))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
