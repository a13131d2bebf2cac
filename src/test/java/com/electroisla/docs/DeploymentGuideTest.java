package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The Spanish guide is the authoritative one, which {@link DeploymentGuideProcessIT} executes; the English one is its
 * translation, with the same steps in the same order.
 */
class DeploymentGuideTest {
    private static final Path SPANISH = Path.of("docs/how-to/despliegue.md");
    private static final Path ENGLISH = Path.of("docs/how-to/deploy.md");
    private static final Set<String> DIRECTIVES = Set.of("run", "output", "not run", "stop");

    private static final Pattern HEADING =
            Pattern.compile("(#+) (?:(?:PASO|STEP) (\\d+):|(?:Opción|Option) ([AB]):)?.*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void both_languages_have_the_same_commands_and_the_same_output() throws IOException {
        assertEquals(withoutComments(SPANISH), withoutComments(ENGLISH));
    }

    /** The commands without comments, which are in the readers' language. */
    private static List<String> withoutComments(Path file) throws IOException {
        return DocsPage.read(file).blocks().stream()
                .map(block -> block.directive() + " " + block.options() + " " + block.language() + "\n"
                        + block.text().replaceAll("(?m)^#.*\n", ""))
                .toList();
    }

    @Test
    void both_languages_have_the_same_steps_with_the_same_blocks_and_words_of_the_program() throws IOException {
        assertEquals(steps(SPANISH), steps(ENGLISH));
    }

    /**
     * A line for each section: its level and number, the number of its blocks, and the commands, settings and files in
     * its text.
     */
    private static List<String> steps(Path file) throws IOException {
        List<String> steps = new ArrayList<>();
        List<String> named = new ArrayList<>();
        String heading = "";
        int fences = 0;
        for (String line : Files.readAllLines(file)) {
            Matcher begins = HEADING.matcher(line);
            if (line.startsWith("```")) {
                fences++;
            } else if (fences % 2 == 0 && begins.matches()) {
                steps.add(heading + " " + fences / 2 + " "
                        + named.stream().sorted().toList());
                named.clear();
                fences = 0;
                heading = begins.group(1) + " " + begins.group(2) + " " + begins.group(3);
            } else if (fences % 2 == 0) {
                CODE.matcher(line).results().forEach(code -> named.add(code.group(1)));
            }
        }
        steps.add(heading + " " + fences / 2 + " " + named.stream().sorted().toList());
        return steps;
    }

    /** So that the walk on one of them is a walk on all three: {@link DeploymentGuideProcessIT}. */
    @Test
    void the_page_says_the_same_of_0019_0020_and_0033() throws IOException {
        for (DocsPage.Block block : DocsPage.read(SPANISH).blocks()) {
            long told = Stream.of("django19", "django20", "django33")
                    .filter(block::isFor)
                    .count();
            assertTrue(told == 0 || told == 3, () -> "line " + block.line());
        }
    }

    @Test
    void every_command_block_is_run_or_says_why_not() throws IOException {
        List<Integer> silent = new ArrayList<>();
        for (DocsPage.Block block : DocsPage.read(SPANISH).blocks()) {
            boolean says = DIRECTIVES.contains(block.directive());
            if (!says && !block.language().equals("ini")) {
                silent.add(block.line());
            }
        }
        assertEquals(List.of(), silent);
    }
}
