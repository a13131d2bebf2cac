package com.electroisla.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.bench.report.ReadmeFigures.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A README has the figures of the pages. {@code -Delectro-isla.write-docs=true} writes it anew. */
final class ReadmeFiguresTest {
    private static final FiguresPage PAGES = FiguresPage.in(Path.of(""));

    @ParameterizedTest
    @EnumSource
    void a_readme_tells_the_figures_of_the_page(Readme readme) throws IOException {
        if (Boolean.getBoolean("electro-isla.write-docs")) {
            ReadmeFigures.write(Path.of(""), _ -> {});
        }
        String table = new ReadmeFigures(PAGES.text()).table(readme).orElseThrow();
        assertTrue(
                Files.readString(readme.file)
                        .contains("<!-- bench figures -->\n\n" + table + "\n<!-- /bench figures -->"),
                () -> readme.file + " should say, and does with -Delectro-isla.write-docs=true:\n" + table);
    }

    @Test
    void rates_have_two_digits_and_each_language_its_own_marks() throws IOException {
        String page = PAGES.text()
                .replaceFirst(
                        "(?m)^\\| c \\| +1 \\| 1 \\| 512 \\|.*$",
                        "| c |      1 | 1 | 512 |   12345 |    25.70 |    82.41 |  27 % |");
        assertTrue(new ReadmeFigures(page).table(Readme.ENGLISH).orElseThrow().contains("| **12,000** |"));
        assertTrue(new ReadmeFigures(page).table(Readme.SPANISH).orElseThrow().contains("| **12.000** |"));
    }

    @Test
    void nothing_is_told_of_a_drill_whose_proof_failed_nor_of_what_was_not_measured() throws IOException {
        String page = PAGES.text();
        assertEquals(
                Optional.empty(), new ReadmeFigures(page.replace("✓ Cada 2xx", "✗ Cada 2xx")).table(Readme.ENGLISH));
        assertEquals(Optional.empty(), new ReadmeFigures(page.replace("| g |", "| h |")).table(Readme.ENGLISH));
    }

    @Test
    void a_readme_is_written_between_its_marks_and_left_alone_when_a_figure_is_missing(@TempDir Path base)
            throws IOException {
        Path page = Files.createDirectories(base.resolve("docs/reference")).resolve("figures.md");
        Files.writeString(page, PAGES.text());
        for (Readme readme : Readme.values()) {
            Files.writeString(
                    base.resolve(readme.file), "before\n<!-- bench figures -->\n<!-- /bench figures -->\nafter\n");
        }

        ReadmeFigures.write(base, _ -> {});
        Path readme = base.resolve(Readme.SPANISH.file);
        String written = Files.readString(readme);
        assertTrue(
                written.startsWith("before\n<!-- bench figures -->\n\n| medido |")
                        && written.endsWith("|\n\n<!-- /bench figures -->\nafter\n"),
                written);

        Files.writeString(page, "");
        List<String> said = new ArrayList<>();
        ReadmeFigures.write(base, said::add);
        assertEquals(written, Files.readString(readme));
        assertEquals(Readme.values().length, said.size(), said::toString);
    }
}
