package com.electroisla.backup.cli;

import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operator's key: the text of a file, or of {@code ELECTRO_ISLA_RESPALDO_CLAVE}. Never an argument. */
final class BackupKey {
    private static final String VARIABLE = "ELECTRO_ISLA_RESPALDO_CLAVE";
    /** A thief of the file can try keys for years, on many machines. */
    private static final int SHORTEST = 16;

    private static final int FEWEST_SIGNS = 8;

    private BackupKey() {}

    /**
     * The key for a new backup.
     *
     * @param file from {@code --clave-archivo}, which goes first; white space around the key does not count
     */
    static Optional<String> toSeal(Context context, @Nullable Path file) {
        Optional<String> key = toOpen(context, file);
        key.ifPresent(text -> {
            if (text.codePointCount(0, text.length()) < SHORTEST
                    || text.codePoints().distinct().count() < FEWEST_SIGNS) {
                throw new CommandRefused(("La clave de %s es demasiado fácil de adivinar: usa al menos %d "
                                + "caracteres, %d de ellos distintos "
                                + "(por ejemplo, lo que escribe «openssl rand -base64 24»).")
                        .formatted(file == null ? VARIABLE : file, SHORTEST, FEWEST_SIGNS));
            }
        });
        return key;
    }

    /** The key for an existing backup; it may be as short as older releases allowed. */
    static Optional<String> toOpen(Context context, @Nullable Path file) {
        try {
            Optional<String> key = file == null
                    ? Optional.ofNullable(context.environment().get(VARIABLE))
                    : Optional.of(Files.readString(file));
            Optional<String> stripped = key.map(String::strip).filter(text -> !text.isEmpty());
            if (file != null && stripped.isEmpty()) {
                throw new CommandRefused("El archivo de la clave, " + file + ", está vacío.");
            }
            return stripped;
        } catch (IOException unreadable) {
            throw new CommandRefused("No se puede leer el archivo de la clave, " + file + ".");
        }
    }
}
