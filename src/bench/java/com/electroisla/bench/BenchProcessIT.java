package com.electroisla.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.LongProofs;
import com.electroisla.command.Context.Terminal;
import com.electroisla.command.Manage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The whole benchmark, too small for meaningful figures; its refusal of wrong results is tested in
 * {@link BenchCheckIT}.
 */
class BenchProcessIT {
    /** Two of these start a server of their own and one waits for figures: they are run in the long form. */
    private static final String WITH_SERVERS_OF_THEIR_OWN = ",renovaciones,frio,externa";

    private static final boolean ALL = LongProofs.orLonger(false, true);

    private static final String[] TINY = {
        "bench",
        "--rondas",
        "1",
        "--segundos",
        "0.1",
        "--a-la-vez",
        "4",
        "--lineas",
        "1",
        "--productos",
        "uno",
        "--compradores",
        "600",
        "--solo",
        "a,b,c,d,e,f,g,h,i,j,sobreventa,disco,vecinos" + (ALL ? WITH_SERVERS_OF_THEIR_OWN : ""),
        "--importa",
        "200",
        "--demoras",
        "2",
        "--crecimiento",
        "--crecen-productos",
        "100",
        "--crecen-reservas",
        "1000",
        "--escribir"
    };

    private static final String PAGE = """
            # Figures
            before
            <!-- bench ways -->
            <!-- /bench ways -->
            between
            <!-- bench oversell -->
            of another day
            <!-- /bench oversell -->
            <!-- bench growth -->
            <!-- /bench growth -->
            <!-- bench disk -->
            <!-- /bench disk -->
            <!-- bench neighbours -->
            <!-- /bench neighbours -->
            <!-- bench renewals -->
            <!-- /bench renewals -->
            <!-- bench cold -->
            <!-- /bench cold -->
            <!-- bench external -->
            <!-- /bench external -->
            <!-- bench goals -->
            of the last run that measured them all
            <!-- /bench goals -->
            after
            """;

    @Test
    void it_measures_every_way_sells_exactly_fifty_and_keeps_its_figures() throws Exception {
        Path base = Files.createTempDirectory(Path.of("target"), "banco").toAbsolutePath();
        Path page = Files.createDirectories(base.resolve("docs/reference")).resolve("figures.md");
        Files.writeString(page, PAGE);
        killedBenchmark(base);

        String printed = run(base, TINY);

        for (String way : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")) {
            assertTrue(
                    printed.lines()
                            .anyMatch(line -> line.matches("\\| " + way + " \\| +1 \\| 1 \\| +4 \\| +[1-9]\\d* \\|.*")),
                    way + printed);
        }
        for (String ratio : List.of("c/a", "c/b", "c/d", "c/h", "c/i", "f/e", "g/e")) {
            assertTrue(printed.contains("| " + ratio + " | "), ratio + printed);
        }
        assertTrue(printed.contains("| 1 | 50 | 200 | 32 | 50 | 150 | 50 |"), printed);
        assertTrue(printed.contains("| 2 | 50 | 200 | 32 | 50 | 150 | 50 |"), printed);
        assertTrue(printed.contains("| 100 | 1,000 | "), printed);
        assertTrue(printed.lines().anyMatch(line -> line.matches("\\| 2\\.0 \\| [1-9]\\d* \\|.*")), printed);
        for (String beside : List.of("nobody", "a locked row", "an import of prices")) {
            assertTrue(
                    printed.lines().anyMatch(line -> line.matches("\\| " + beside + " \\| [1-9]\\d* \\|.*")),
                    beside + printed);
        }
        if (ALL) {
            hasTheOthers(printed);
        }
        String written = Files.readString(page);
        assertTrue(
                written.contains("before\n<!-- bench ways -->\n\n")
                        && written.contains("/bench ways -->\nbetween\n")
                        && written.endsWith("after\n"),
                written);
        assertTrue(
                written.contains("| 2 | 50 | 200 | 32 | 50 | 150 | 50 |")
                        && written.contains("`./manage bench --rondas 1 "),
                written);
        assertFalse(written.contains("of another day"), written);
        assertTrue(written.contains("of the last run that measured them all"), written);
        assertTrue(written.contains("| each flush longer by ms |"), written);
        assertEquals(List.of("entrada.lock"), inside(base.resolve("build/bench")));
    }

    private static void hasTheOthers(String printed) {
        assertTrue(
                printed.lines().anyMatch(line -> line.matches("\\| renewed \\| [1-9]\\d* \\|.*\\| \\d+\\.\\d % \\|.*")),
                printed);
        assertTrue(
                printed.lines().anyMatch(line -> line.matches("\\| just ready, its first \\S+ s \\| [1-9]\\d* \\|.*")),
                printed);
        for (String way : List.of("c", "f")) {
            assertTrue(
                    printed.lines()
                            .anyMatch(line -> line.matches("\\| " + way + " \\| 4 \\| [1-9]\\d* \\| [1-9]\\d* \\|.*")),
                    way + printed);
        }
    }

    /** The leftover of a killed benchmark: its folder, with a lock that no process holds. */
    private static void killedBenchmark(Path base) throws IOException {
        Path left = Files.createDirectories(base.resolve("build/bench/datos-1/datos"));
        Files.writeString(left.resolve("PG_VERSION"), "18");
        Files.writeString(left.resolveSibling("banco.lock"), "");
    }

    private static String run(Path base, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        var commands = List.of(new Manage.Entry("bench", "", () -> new BenchCommand(String.join(" ", arguments))));
        int code = new Manage(base, terminal, (host, port, shop, started, stopped) -> 1, commands).run(arguments);
        assertEquals(0, code, () -> out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> inside(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
