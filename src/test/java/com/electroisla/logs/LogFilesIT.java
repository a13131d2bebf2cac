package com.electroisla.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesIT {
    private static final int LINES = 20_000;
    private static final long LARGEST_BYTES = 64 * 1024;

    @TempDir
    Path folder;

    @Test
    void three_processes_append_and_rotate_and_no_line_is_lost_or_torn() throws Exception {
        Path file = folder.resolve("security.log");
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("uno", "dos", "tres")) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            AppendingProcess.class.getName(),
                            file.toString(),
                            name,
                            Integer.toString(LINES),
                            Long.toString(LARGEST_BYTES))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        for (Process process : processes) {
            assertEquals('r', process.getInputStream().read());
        }
        for (Process process : processes) {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        for (Process process : processes) {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
            assertEquals(0, process.exitValue());
        }

        Set<String> expected = new HashSet<>();
        for (String name : List.of("uno", "dos", "tres")) {
            for (int number = 0; number < LINES; number++) {
                expected.add(name + " " + number + " " + "x".repeat(number % 97) + ";");
            }
        }
        int rotated = 0;
        for (Path part : parts(folder)) {
            rotated++;
            assertTrue(Files.size(part) < 2 * LARGEST_BYTES, part::toString);
            for (String line : Files.readAllLines(part)) {
                assertTrue(expected.remove(line), () -> "torn or twice: " + line);
            }
        }
        assertEquals(Set.of(), expected);
        assertTrue(rotated > 20, "rotations: " + rotated);
    }

    @Test
    void the_oldest_lines_go_and_the_newest_stay() throws IOException {
        try (SharedLogFile file = new SharedLogFile(folder.resolve("x.log"), 100, 3)) {
            for (int number = 0; number < 1_000; number++) {
                file.append(("linea " + number + "\n").getBytes());
            }
        }
        Set<String> names = new TreeSet<>();
        for (Path part : parts(folder)) {
            names.add(part.getFileName().toString());
        }
        assertEquals(new TreeSet<>(List.of("x.log", "x.log.1", "x.log.2", "x.log.3")), names);
        assertTrue(Files.readString(folder.resolve("x.log")).endsWith("linea 999\n"));
    }

    @Test
    void nobody_writes_a_line_of_his_own_and_every_entry_names_the_request_and_the_user() throws IOException {
        try (LogFiles files = LogFiles.start(folder)) {
            LogContext.begin("req-1");
            LogContext.user(7);
            Logger.getLogger(LogFiles.AUTH)
                    .info("usuario «ana\r\n2026-01-01T00:00:00Z INFO [x] [1] entró\u2028\u0000\u001b[31m»");
            LogContext.begin("req-2");
            org.jboss.logging.Logger.getLogger(LogFiles.SECURITY).warnf("límite de %s", "agregar");
            Logger.getLogger(LogFiles.SECURITY).fine("demasiado fino");
        }
        Logger.getLogger(LogFiles.AUTH).setUseParentHandlers(false);
        Logger.getLogger(LogFiles.AUTH).info("después del cierre");

        List<String> auth = Files.readAllLines(folder.resolve("logs/auth.log"));
        assertEquals(1, auth.size());
        assertTrue(
                auth.getFirst()
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z INFO \\[req-1] \\[7] "
                                + "usuario «ana\\\\u000d\\\\u000a2026.* entró\\\\u2028\\\\u0000\\\\u001b\\[31m»"),
                auth::toString);
        List<String> security = Files.readAllLines(folder.resolve("logs/security.log"));
        assertEquals(1, security.size());
        assertTrue(security.getFirst().matches(".* WARN(ING)? \\[req-2] \\[-] límite de agregar"), security::toString);
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.log(\\.\\d+)?"))
                    .toList();
        }
    }
}
