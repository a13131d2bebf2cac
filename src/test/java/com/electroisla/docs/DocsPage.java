package com.electroisla.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A page of docs/ whose code blocks are executed.
 *
 * <p>The test's directive for a block is an HTML comment on the line above it, invisible to readers:
 * <ul>
 *   <li>{@code <!-- run -->}: run it. {@code only=nueva,django18}: only in these walks. {@code exit=1}: it ends with
 *       that code. {@code background}: it goes on, like a server in a terminal of its own.
 *   <li>{@code <!-- output -->}: the output of the block before. {@code only=} as above, so that several may follow
 *       one {@code run}. {@code values=nueva}: JSON whose values are compared in this walk, and in the others only its
 *       shape.
 *   <li>{@code <!-- not run: WHY -->}: to read, or for a machine that the test does not have.
 *   <li>{@code <!-- stop -->}, without a block: end what runs in the background, as Ctrl+C would.
 * </ul>
 *
 * <p>The parts of an output that may differ are listed in {@link Expectation}.
 */
public record DocsPage(Path file, List<Block> blocks) {

    /**
     * @param directive {@code run}, {@code output}, {@code not run}, {@code stop}, or nothing
     * @param language of the fence: sh, text, json, java; nothing for {@code stop}
     */
    public record Block(int line, String directive, Map<String, String> options, String language, String text) {
        boolean isFor(String walk) {
            return Set.of(options.getOrDefault("only", walk).split(",")).contains(walk);
        }
    }

    public static DocsPage read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        String comment = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                int from = i + 1;
                for (i = from; !lines.get(i).equals("```"); i++) {
                    // End of the block.
                }
                String text =
                        lines.subList(from, i).stream().map(each -> each + "\n").collect(Collectors.joining());
                blocks.add(block(from, comment, line.substring(3).strip(), text));
                comment = "";
            } else if (line.startsWith("<!-- ") && line.endsWith(" -->")) {
                comment = line.substring(5, line.length() - 4);
                if (comment.equals("stop")) {
                    blocks.add(block(i + 1, comment, "", ""));
                    comment = "";
                }
            } else if (!line.isBlank()) {
                comment = "";
            }
        }
        return new DocsPage(file, List.copyOf(blocks));
    }

    private static Block block(int line, String comment, String language, String text) {
        if (comment.startsWith("not run: ")) {
            return new Block(line, "not run", Map.of(), language, text);
        }
        String[] words = comment.split(" ");
        Map<String, String> options = Arrays.stream(words)
                .skip(1)
                .collect(Collectors.toMap(
                        word -> word.replaceFirst("=.*", ""), word -> word.replaceFirst("^[^=]*=?", "")));
        return new Block(line, words[0], options, language, text);
    }

    /** The blocks in this language, with the output of the block after each. */
    public List<Snippet> snippets(String language) {
        List<Snippet> snippets = new ArrayList<>();
        for (int i = 0; i + 1 < blocks.size(); i++) {
            if (blocks.get(i).language().equals(language)) {
                snippets.add(new Snippet(blocks.get(i).text(), blocks.get(i + 1).text()));
            }
        }
        return snippets;
    }

    /** A block and the output that the page shows below it. */
    public record Snippet(String text, String output) {}
}
