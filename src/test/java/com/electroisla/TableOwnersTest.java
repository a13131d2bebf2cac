package com.electroisla;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.catalog.ProductField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each package says in its {@code package-info.java} which tables it owns ({@code Owns the tables ...}, or that it
 * owns none), columns that are not their table's owner's among them, and which it writes too, with the reason
 * ({@code Writes also ...: why}). This test reads the text of every statement and compares the tables that it writes
 * with these sentences.
 */
final class TableOwnersTest {
    private static final Path CODE = Path.of("src/main/java");
    private static final Path SCRIPTS = Path.of("src/main/resources/com/electroisla/database/migration");

    /** Statements without a fixed table in their text. */
    private static final Set<String> NAME_THEIR_TABLE_LATER = Set.of(
            // A backup and a restore copy all tables in PostgreSQL's catalog.
            "backup.BackupSql");

    /** Columns that a list in Java inserts into a statement. */
    private static final Map<String, List<String>> FILLED_IN = Map.of(
            "ProductEditSql.java <fields>", fields().toList(),
            // The columns of a file.
            "PieceSql.java <names>",
                    Stream.concat(fields(), Stream.of("stock_total")).toList());

    private static final String NAMES =
            "((?:(?:, | and |, and )?(?:the (?:table|column)s? )?\\{@code [a-z_]+(?:\\.[a-z_]+)?})+)";
    private static final Pattern OWNS = Pattern.compile("\\bOwns the (?:table|column)s? " + NAMES);
    private static final Pattern OWNS_NONE = Pattern.compile("(?i)\\bowns no table\\b");
    /** A reason follows the colon. */
    private static final Pattern WRITES_ALSO = Pattern.compile("\\bWrites also " + NAMES + ": \\w");

    private static final Pattern NAME = Pattern.compile("\\{@code ([a-z_.]+)}");

    private static final Pattern CREATED =
            Pattern.compile("\\bCREATE (?:UNLOGGED )?TABLE\\s+(?:IF NOT EXISTS\\s+)?(\\w+)");
    private static final Pattern TEMPORARY =
            Pattern.compile("\\bCREATE TEMPORARY TABLE\\s+(?:IF NOT EXISTS\\s+)?(\\w+)");
    /** {@code FOR NO KEY UPDATE} and {@code DO UPDATE} write to no other table, and {@code COPY ... TO} to none. */
    private static final Pattern WRITTEN =
            Pattern.compile("\\b(INSERT INTO|MERGE INTO|DELETE FROM|TRUNCATE(?: TABLE)?|COPY"
                    + "|(?<!KEY )(?<!FOR )(?<!DO )(?<!BEFORE )(?<!AFTER )UPDATE)"
                    + "(?:\\s+ONLY)?(?:\\s+(\\w+)|\\s*(?=\"|<|%))(?!\\s+TO STDOUT)");

    private static final Pattern SET = Pattern.compile("\\G(?:\\s+(?:AS\\s+)?(?!SET\\b)\\w+)?\\s+SET\\s");
    private static final Pattern END_OF_SET = Pattern.compile("\\G(?:\\b(?:FROM|WHERE|RETURNING)\\b|\"\"\"|;)");
    private static final Pattern ASSIGNED = Pattern.compile("^[\\s\"]*(?:(?:\\(([^)]*)\\)|(\\w+))\\s*=|(<\\w+>))");

    /** A table, or {@code table.column}, and the place of the statement that writes it. */
    private record Write(String target, String where) {}

    @Test
    void every_table_has_one_owner_and_every_owner_a_table() {
        Map<String, Set<String>> owners = new TreeMap<>();
        claims(OWNS)
                .forEach((owner, targets) -> targets.stream()
                        .filter(TableOwnersTest::isTable)
                        .forEach(table -> owners.computeIfAbsent(table, _ -> new TreeSet<>())
                                .add(owner)));
        owners.forEach((table, its) -> assertEquals(1, its.size(), table + " is owned by " + its));
        assertEquals(tables(), owners.keySet());
    }

    @Test
    void who_executes_sql_says_what_it_owns() {
        Set<String> silent = new TreeSet<>();
        for (Path file : files(CODE, "Sql.java")) {
            String story = story(packageOf(file));
            if (!OWNS.matcher(story).find() && !OWNS_NONE.matcher(story).find()) {
                silent.add(packageOf(file));
            }
        }
        assertEquals(Set.of(), silent);
    }

    @Test
    void nobody_writes_a_table_or_a_column_that_the_package_does_not_say_it_writes() {
        Map<String, Set<String>> owned = claims(OWNS);
        Map<String, Set<String>> also = claims(WRITES_ALSO);
        Set<String> columns = owned.values().stream()
                .flatMap(Set::stream)
                .filter(it -> !isTable(it))
                .collect(Collectors.toSet());
        List<String> faults = new ArrayList<>();
        Map<String, Set<String>> needed = new TreeMap<>();
        int read = 0;
        for (Path file : files(CODE, ".java")) {
            String writer = packageOf(file);
            for (Write write : writes(file)) {
                read++;
                // The owner of a column: its own, if it has one, otherwise its table's.
                String target = columns.contains(write.target) ? write.target : tableOf(write.target);
                if (!owned.getOrDefault(writer, Set.of()).contains(target)) {
                    needed.computeIfAbsent(writer, _ -> new TreeSet<>()).add(target);
                    if (!also.getOrDefault(writer, Set.of()).contains(target)) {
                        faults.add(writer + " writes " + target + " (" + write.where + ") and does not say so");
                    }
                }
            }
        }
        also.forEach((writer, targets) -> targets.stream()
                .filter(target -> !needed.getOrDefault(writer, Set.of()).contains(target))
                .forEach(target -> faults.add(writer + " says that it writes " + target + " and does not")));
        assertEquals(List.of(), faults);
        assertTrue(read > 100, () -> "so few statements were understood that this test must have gone blind");
    }

    @Test
    void statements_whose_table_no_text_names_are_the_named_ones() {
        Set<String> found = new TreeSet<>();
        for (Path file : files(CODE, ".java")) {
            if (WRITTEN.matcher(withoutComments(text(file))).results().anyMatch(write -> write.group(2) == null)) {
                found.add(packageOf(file) + "." + file.getFileName().toString().replace(".java", ""));
            }
        }
        assertEquals(NAME_THEIR_TABLE_LATER, found);
    }

    /** The tables that the shop creates, in its migrations and elsewhere; temporary tables have no owner. */
    private static Set<String> tables() {
        return Stream.concat(files(SCRIPTS, ".sql").stream(), files(CODE, ".java").stream())
                .flatMap(file -> CREATED.matcher(text(file)).results().map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> claims(Pattern sentence) {
        Map<String, Set<String>> claims = new TreeMap<>();
        for (Path file : files(CODE, "package-info.java")) {
            sentence.matcher(story(packageOf(file)))
                    .results()
                    .map(MatchResult::group)
                    .flatMap(said -> NAME.matcher(said).results())
                    .forEach(name -> claims.computeIfAbsent(packageOf(file), _ -> new TreeSet<>())
                            .add(name.group(1)));
        }
        assertFalse(claims.isEmpty());
        return claims;
    }

    /** The Javadoc of a package in one line. */
    private static String story(String name) {
        return text(CODE.resolve("com/electroisla")
                        .resolve(name.replace('.', '/'))
                        .resolve("package-info.java"))
                .replaceAll("\\s*\\n \\*\\s*", " ");
    }

    private static List<Write> writes(Path file) {
        String code = withoutComments(text(file));
        Set<String> temporary = temporaryOf(packageOf(file));
        List<Write> writes = new ArrayList<>();
        Matcher found = WRITTEN.matcher(code);
        while (found.find()) {
            String table = found.group(2);
            if (table == null || temporary.contains(table)) {
                continue;
            }
            String where = file.getFileName() + ": " + found.group().replaceAll("\\s+", " ");
            if (found.group(1).equals("UPDATE")) {
                columnsSet(code, found.end(), where)
                        .forEach(column -> writes.add(new Write(table + "." + column, where)));
            } else {
                writes.add(new Write(table, where));
            }
        }
        return writes;
    }

    private static Set<String> temporaryOf(String name) {
        return files(CODE.resolve("com/electroisla").resolve(name.replace('.', '/')), ".java").stream()
                .flatMap(file -> TEMPORARY.matcher(text(file)).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());
    }

    /** The columns between SET and what follows it, parentheses skipped. */
    private static List<String> columnsSet(String code, int from, String where) {
        Matcher set = SET.matcher(code);
        assertTrue(set.find(from), () -> where + ": no SET follows");
        List<String> columns = new ArrayList<>();
        int depth = 0;
        int begin = set.end();
        for (int at = begin; ; at++) {
            assertTrue(at < code.length(), () -> where + ": where does its SET end?");
            char letter = code.charAt(at);
            boolean ends =
                    depth == 0 && (letter == ')' || END_OF_SET.matcher(code).find(at));
            if (ends || depth == 0 && letter == ',') {
                Matcher assigned = ASSIGNED.matcher(code.substring(begin, at));
                assertTrue(assigned.find(), () -> where + ": what does its SET set?");
                String names = Stream.of(assigned.group(1), assigned.group(2), assigned.group(3))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
                Stream.of(names.trim().split("\\s*,\\s*"))
                        .flatMap(name -> columns(name, where))
                        .forEach(columns::add);
                begin = at + 1;
            }
            if (ends) {
                return columns;
            }
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
        }
    }

    private static Stream<String> columns(String name, String where) {
        if (!name.startsWith("<")) {
            return Stream.of(name);
        }
        String key = where.replaceAll(":.*", " ") + name;
        assertTrue(FILLED_IN.containsKey(key), () -> key + " is filled in with unknown columns");
        return FILLED_IN.get(key).stream();
    }

    private static Stream<String> fields() {
        return Stream.of(ProductField.values()).map(ProductField::column);
    }

    private static boolean isTable(String target) {
        return !target.contains(".");
    }

    private static String tableOf(String target) {
        return target.replaceAll("\\..*", "");
    }

    private static String withoutComments(String code) {
        return code.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(^|\\s)(//|--).*$", "$1");
    }

    /** The name without {@code com.electroisla.}. */
    private static String packageOf(Path file) {
        return CODE.resolve("com/electroisla")
                .relativize(file.getParent())
                .toString()
                .replace('/', '.');
    }

    private static final Map<Path, String> TEXTS = new TreeMap<>();

    private static String text(Path file) {
        return TEXTS.computeIfAbsent(file, TableOwnersTest::read);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> files(Path folder, String end) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
            assertFalse(found.isEmpty());
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
