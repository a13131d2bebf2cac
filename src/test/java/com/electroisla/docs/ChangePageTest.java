package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page on where to add a new field, state and so on names exactly the files in which an existing one of its kind
 * is named. A list begins with the comment {@code <!-- named: PATTERN -->} and ends at the next one or at the next
 * heading; its items begin with files.
 */
class ChangePageTest {
    private static final Path PAGE = Path.of("docs/how-to/change.md");
    private static final List<Path> SEARCHED = List.of(Path.of("src/main"), Path.of("docs/reference"));
    private static final Path MIGRATIONS = Path.of("src/main/resources/com/electroisla/database/migration");
    private static final String OPENING = "<!-- named: ";
    private static final Pattern FILE = Pattern.compile("`([A-Za-z0-9_/.-]+/[A-Za-z0-9_.-]+\\.[a-z]+)`");

    private record Named(String pattern, Set<String> files) {}

    @Test
    void each_list_names_every_file_that_names_the_example_and_no_other() throws IOException {
        List<Named> lists = lists();
        assertTrue(lists.size() >= 6, lists::toString);
        List<Path> searched = searched();
        List<String> wrong = new ArrayList<>();
        for (Named list : lists) {
            Pattern pattern = Pattern.compile(list.pattern(), Pattern.MULTILINE);
            Set<String> found = searched.stream()
                    .filter(file -> pattern.matcher(file + "\n" + text(file)).find())
                    .map(Path::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String file : list.files()) {
                Set<String> meant = found.stream()
                        .filter(path -> ("/" + path).endsWith("/" + file))
                        .collect(Collectors.toSet());
                if (meant.size() != 1) {
                    wrong.add("/" + list.pattern() + "/ is named in " + meant + ", and the page says " + file);
                }
            }
            found.removeIf(path -> list.files().stream().anyMatch(file -> ("/" + path).endsWith("/" + file)));
            found.forEach(path ->
                    wrong.add("/" + list.pattern() + "/ is named in " + path + ", which the page does not say"));
        }
        assertEquals(List.of(), wrong);
    }

    private static List<Named> lists() throws IOException {
        List<Named> lists = new ArrayList<>();
        boolean listed = false;
        boolean item = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith(OPENING)) {
                lists.add(
                        new Named(line.substring(OPENING.length(), line.length() - " -->".length()), new TreeSet<>()));
                listed = true;
            } else if (line.startsWith("#")) {
                listed = false;
            }
            item = line.startsWith("- ") || item && line.startsWith("  ");
            if (listed && item) {
                FILE.matcher(line)
                        .results()
                        .forEach(file -> lists.getLast().files().add(file.group(1)));
            }
        }
        return lists;
    }

    private static List<Path> searched() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : SEARCHED) {
            try (Stream<Path> below = Files.walk(folder)) {
                below.filter(Files::isRegularFile)
                        .filter(file -> !file.startsWith(MIGRATIONS))
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
