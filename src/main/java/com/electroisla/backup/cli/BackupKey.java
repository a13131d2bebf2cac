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
    private static final int SHORTEST = 8;

    private BackupKey() {}

    /** @param file from {@code --clave-archivo}, which goes first; white space around the key does not count */
    static Optional<String> of(Context context, @Nullable Path file) {
        try {
            Optional<String> key = file == null ? Optional.ofNullable(context.environment().get(VARIABLE)) : Optional.of(Files.readString(file));
            Optional<String> stripped = key.map(String::strip);
            if (stripped.filter(text -> text.length() < SHORTEST).isPresent() && (file != null || !stripped.get().isEmpty())) {
                throw new CommandRefused("La clave de " + (file == null ? VARIABLE : file) + " es demasiado corta: usa al menos " + SHORTEST + " caracteres.");
            }
            return stripped.filter(text -> !text.isEmpty());
        } catch (IOException unreadable) {
            throw new CommandRefused("No se puede leer el archivo de la clave, " + file + ".");
        }
    }
}
