package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each decision is one page with a number of its own, its state and date, and the same parts in the same order. */
class DecisionsTest {
    private static final Path FOLDER = Path.of("docs/decisions");
    private static final int MOST_LINES = 90;
    private static final Pattern STATE =
            Pattern.compile("(Accepted|Replaced by \\[\\d{4}]\\([^)]+\\)), \\d{4}-\\d{2}-\\d{2}[.;].*");
    private static final List<String> PARTS =
            List.of("## Context", "## Decision", "## Limits", "## Alternatives", "## Figures");
    private static final Set<String> NEEDED = Set.of("## Context", "## Decision", "## Alternatives");

    @Test
    void a_decision_is_one_page_that_says_its_state_its_context_and_its_alternatives() throws IOException {
        List<String> wrong = new ArrayList<>();
        Set<String> numbers = new HashSet<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                String number = file.getFileName().toString().substring(0, 4);
                List<String> headings =
                        lines.stream().filter(line -> line.startsWith("## ")).toList();
                note(wrong, numbers.add(number), file + ": another decision has this number");
                note(
                        wrong,
                        lines.getFirst().startsWith("# " + number + ": "),
                        file + ": begins with its number and title");
                note(
                        wrong,
                        STATE.matcher(lines.get(2)).matches(),
                        file + ": says its state and date in the third line");
                note(wrong, lines.size() <= MOST_LINES, file + ": has " + lines.size() + " lines");
                note(wrong, headings.containsAll(NEEDED), file + ": lacks one of " + NEEDED);
                note(
                        wrong,
                        headings.equals(
                                PARTS.stream().filter(headings::contains).toList()),
                        file + ": has other parts or another order: " + headings);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static void note(List<String> wrong, boolean right, String problem) {
        if (!right) {
            wrong.add(problem);
        }
    }
}
