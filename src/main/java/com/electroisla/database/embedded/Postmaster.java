package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The running server as its {@code postmaster.pid} describes it.
 *
 * <p>Invariant: a number in that file is believed only if such a process runs a program from this home. After a crash
 * the number may belong to anybody, a zombie included.
 *
 * @param pid the server's process
 * @param port where it listens; 0 while the file is being written
 * @param status PostgreSQL's word for it: {@code starting}, {@code ready}, {@code stopping}; empty while unknown
 */
record Postmaster(long pid, int port, String status) {
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
            int port = lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0;
            String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
            return Optional.of(new Postmaster(pid, port, status));
        } catch (NumberFormatException halfWritten) {
            return Optional.of(new Postmaster(0, 0, ""));
        }
    }

    static Path file(HomeFolder home) {
        return home.data().resolve("postmaster.pid");
    }

    /** Whether the process is there and runs a program of this home. */
    boolean isRunning(HomeFolder home) {
        return ProcessHandle.of(pid).filter(process -> runsFrom(home, process)).isPresent();
    }

    boolean isReady() {
        return port > 0 && status.equals("ready");
    }

    /**
     * Removes a dead server's file when its number belongs to somebody else by now: PostgreSQL would take that process for
     * the old server and refuse to start. Leftover processes of the old one still stop it, by their shared memory.
     */
    void forgetIfNumberWasReused(HomeFolder home) throws IOException {
        if (!isRunning(home) && ProcessHandle.of(pid).isPresent()) {
            Files.deleteIfExists(file(home));
        }
    }

    /** Kills what a killed server left running. Only under the start lock and when no server runs. */
    static void killOrphans(HomeFolder home) {
        ProcessHandle.allProcesses()
                .filter(process -> runsFrom(home, process))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean runsFrom(HomeFolder home, ProcessHandle process) {
        return process.info().command().filter(path -> Path.of(path).startsWith(home.binaries())).isPresent();
    }
}
