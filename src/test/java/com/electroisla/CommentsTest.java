package com.electroisla;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Comments name the noun first: neither a comment nor a paragraph of Javadoc begins with a pronoun, whose noun the
 * reader would have to guess.
 */
final class CommentsTest {
    /** Texts and characters are matched first, so that a slash in one of them begins no comment. */
    private static final Pattern TOKEN =
            Pattern.compile("\"\"\"(?s:.*?)(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.[^']*|[^'\\\\\\n])'"
                    + "|(?<comment>//[^\\n]*|/\\*(?s:.*?)\\*/)");

    /** The beginning of a comment, or of a paragraph or list item in it, and the word that follows. */
    private static final Pattern FIRST_WORD = Pattern.compile("(?:\\A(?://|/\\*\\*?)|<p>|<li>)[\\s*]*(\\p{L}+)");

    private static final Set<String> PRONOUNS = Set.of(
            "what", "who", "whoever", "whose", "whom", "those", "it", "its", "he", "him", "his", "she", "her", "they",
            "their");

    private static final int FEWEST_SOURCES = 500;

    @Test
    void no_comment_begins_with_a_pronoun() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> sources = sources();
        for (Path source : sources) {
            pronouns(Files.readString(source)).forEach(each -> found.add(source + ":" + each));
        }
        assertTrue(sources.size() >= FEWEST_SOURCES, () -> sources.size() + " sources");
        assertEquals(List.of(), found);
    }

    @Test
    void the_first_word_of_every_kind_of_comment_is_seen_and_none_of_a_text() {
        String source = """
                /** What a package does. */
                class Example {
                    /**
                     * A sentence about it.
                     *
                     * <p>Whoever reads this.
                     *
                     * @param it may stay
                     */
                    void quiet(int it) {
                        String text = "// What \\"is\\" here"; // it goes on
                        // Those below are one comment
                        // who continues it
                        char quote = '"'; /* His */
                        String block = \"""
                            // It is SQL
                            \""";
                        // Item and Whatever are nouns here
                    }
                }
                """;
        assertEquals(List.of("1: What", "6: Whoever", "11: it", "12: Those", "14: His"), pronouns(source));
    }

    /** The line and the pronoun of each comment that begins with one. */
    private static List<String> pronouns(String source) {
        List<String> found = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            String comment = token.group("comment");
            if (comment == null || continuesTheLineAbove(source, token.start())) {
                continue;
            }
            Matcher first = FIRST_WORD.matcher(comment);
            while (first.find()) {
                if (PRONOUNS.contains(first.group(1).toLowerCase(Locale.ROOT))) {
                    long line = source.substring(0, token.start() + first.start(1))
                            .lines()
                            .count();
                    found.add(line + ": " + first.group(1));
                }
            }
        }
        return found;
    }

    private static boolean continuesTheLineAbove(String source, int start) {
        List<String> before = source.substring(0, start).lines().toList();
        return source.startsWith("//", start)
                && before.size() > 1
                && before.getLast().isBlank()
                && before.get(before.size() - 2).strip().startsWith("//");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
