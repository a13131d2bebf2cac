package com.electroisla.database.takeover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The old shop's tables at a migration, as read from databases that Django made. */
record ExpectedSchema(List<Column> columns, List<Key> keys, List<Reference> references) {
    private static final Pattern COLUMN =
            Pattern.compile("(\\w+)\\.(\\w+) (.+?)( NOT NULL)?( AUTO)?( OPCIONAL)?( LIBRE)?");
    private static final Pattern KEY = Pattern.compile("(\\w+)\\.(\\w+) ((?:PRIMARY KEY|UNIQUE) \\(([\\w, ]+)\\))");
    private static final Pattern REFERENCE =
            Pattern.compile("(\\w+)\\.(\\w+) FOREIGN KEY \\((\\w+)\\) REFERENCES (\\w+)\\(id\\).*");

    /**
     * A column that this program relies on.
     *
     * @param numbered whether the database itself gives it a value
     * @param optional whether only later levels of Django's have it; it is added where it is missing
     * @param free whether levels differ in its width or nullability, and both are accepted
     */
    record Column(
            String table,
            String name,
            String type,
            boolean required,
            boolean numbered,
            boolean optional,
            boolean free) {
        String path() {
            return table + "." + name;
        }
    }

    /**
     * A primary key or a unique constraint.
     *
     * @param definition {@code UNIQUE (cart_id, product_id)}
     * @param columns {@code cart_id, product_id}
     */
    record Key(String table, String name, String definition, String columns) {}

    /** A foreign key to the id of another table. */
    record Reference(String table, String name, String column, String target) {}

    /** @param level 18 or 19 */
    static ExpectedSchema at(int level) {
        List<String> constraints = lines("claves", level).toList();
        return new ExpectedSchema(
                lines("columnas", level).map(ExpectedSchema::column).toList(),
                constraints.stream()
                        .map(KEY::matcher)
                        .filter(Matcher::matches)
                        .map(key -> new Key(key.group(1), key.group(2), key.group(3), key.group(4)))
                        .toList(),
                constraints.stream()
                        .map(REFERENCE::matcher)
                        .filter(Matcher::matches)
                        .map(key -> new Reference(key.group(1), key.group(2), key.group(3), key.group(4)))
                        .toList());
    }

    List<String> tables() {
        return columns.stream().map(Column::table).distinct().toList();
    }

    private static Column column(String line) {
        Matcher column = COLUMN.matcher(line);
        if (!column.matches()) {
            throw new IllegalStateException(line);
        }
        return new Column(
                column.group(1),
                column.group(2),
                column.group(3),
                column.group(4) != null,
                column.group(5) != null,
                column.group(6) != null,
                column.group(7) != null);
    }

    private static Stream<String> lines(String file, int level) {
        return Stream.of(DjangoLevel.BASE, DjangoLevel.STOCK)
                .filter(number -> number <= level)
                .flatMap(number -> text("%s_%04d.txt".formatted(file, number)).lines());
    }

    private static String text(String file) {
        try (var in = Objects.requireNonNull(ExpectedSchema.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The columns of a key in the order of their names. */
    static List<String> sorted(String columns) {
        return Arrays.stream(columns.split(", ")).sorted().toList();
    }
}
