package com.electroisla.database.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The migrations by their files, so that one that {@link Migration#KNOWN} forgets is missed. */
public final class ScriptFiles {
    private static final Path FOLDER = Path.of("src/main/resources/com/electroisla/database/migration");
    private static final String UNDO = ".undo.sql";
    /** Django's own way of the same step. */
    private static final String OF_DJANGO = "0019_de_django";

    private ScriptFiles() {}

    /** The names of all migrations in their order, such as {@code 0019_stock_system}. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(UNDO))
                    .map(file -> file.substring(0, file.length() - UNDO.length()))
                    .filter(name -> !name.equals(OF_DJANGO))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
