package com.electroisla.command;

import com.electroisla.database.OutcomeUnknown;
import com.electroisla.database.SqlStates;
import com.electroisla.database.embedded.EmbeddedPostgresException;
import com.electroisla.settings.InvalidSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The message of a failure, in one line that an operator can act on. */
final class Failure {
    private static final String DETAIL = " (--traceback muestra el detalle)";

    private Failure() {}

    static String inOneLine(Throwable failure) {
        return switch (failure) {
            case CommandRefused _, InvalidSetting _ -> firstLine(failure);
            case EmbeddedPostgresException _ ->
                file(failure)
                        .map(where -> "No se puede usar la base de datos incluida: " + where)
                        .orElseGet(() -> firstLine(failure));
            case OutcomeUnknown _ ->
                "Se perdió la conexión con la base de datos al confirmar: no se sabe si el cambio llegó a hacerse; "
                        + "compruébalo antes de repetir.";
            case OutOfMemoryError _ ->
                "No alcanza la memoria de este proceso; dale más con ELECTRO_ISLA_JAVA_OPTS=-Xmx1g, o repítelo con "
                        + "menos datos de una vez.";
            case CompletionException wrapped when wrapped.getCause() != null -> inOneLine(wrapped.getCause());
            case ExecutionException wrapped when wrapped.getCause() != null -> inOneLine(wrapped.getCause());
            case ServingFailed ended -> serving(Objects.requireNonNull(ended.getCause()));
            default ->
                SqlStates.sqlState(failure)
                        .map(state -> database(failure, state))
                        .or(() -> file(failure))
                        .orElseGet(() -> "Error: " + firstLine(failure) + DETAIL);
        };
    }

    private static String serving(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof BindException) {
                return "No se puede escuchar en esa dirección; ¿hay otro programa en ese puerto?";
            }
        }
        return "El servidor no arranca: " + file(cause).orElseGet(() -> firstLine(root(cause)) + DETAIL);
    }

    private static String database(Throwable failure, String state) {
        return switch (state) {
            case "28P01", "28000" -> "La base de datos rechazó el usuario o la contraseña; revisa DATABASE_URL.";
            case "3D000" -> "No existe esa base de datos en el servidor; créala o revisa DATABASE_URL.";
            case SqlStates.LOCK_NOT_AVAILABLE ->
                "Otra sesión retiene filas que había que cambiar y no las soltó a "
                        + "tiempo; lo que se estaba haciendo no se hizo. Repite "
                        + "cuando termine.";
            case "53300" -> "La base de datos no admite más conexiones; repite en unos segundos.";
            default ->
                SqlStates.isConnectionLost(failure)
                        ? "No se puede conectar con la base de datos; comprueba que está en marcha y revisa "
                                + "DATABASE_URL."
                        : "La base de datos respondió con un error (" + state + "): " + firstLine(failure) + DETAIL;
        };
    }

    /** The message for a file or folder that cannot be read or written, in words instead of a class name. */
    private static Optional<String> file(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof FileSystemException place && place.getFile() != null) {
                return Optional.of(place.getFile() + ": " + reason(place, place.getReason()) + ".");
            }
            if (each instanceof IOException
                    && each.getMessage() != null
                    && each.getMessage().contains("No space left")) {
                return Optional.of("El disco está lleno; haz sitio y repite.");
            }
            if (each instanceof IOException
                    && each.getMessage() != null
                    && each.getMessage().startsWith("Cannot run program")) {
                String program = each.getMessage().replaceFirst("^Cannot run program \"([^\"]*)\".*", "$1");
                return Optional.of(program + ": no se puede ejecutar; ¿está en un disco montado con noexec, o es "
                        + "de otro procesador?");
            }
        }
        return Optional.empty();
    }

    private static String reason(FileSystemException place, @Nullable String said) {
        String kind = place.getClass().getSimpleName() + " " + Objects.requireNonNullElse(said, "");
        if (kind.contains("No space left")) {
            return "el disco está lleno";
        }
        if (kind.contains("Read-only")) {
            return "es de solo lectura; en un servicio de systemd, lo que se escribe lo nombran StateDirectory y "
                    + "ReadWritePaths";
        }
        return switch (place) {
            case java.nio.file.AccessDeniedException _ -> "este usuario no tiene permiso";
            case java.nio.file.NoSuchFileException _ -> "no existe";
            case java.nio.file.FileAlreadyExistsException _ -> "ya existe, y no es una carpeta";
            case java.nio.file.NotDirectoryException _ -> "no es una carpeta";
            default -> Objects.requireNonNullElse(said, "no se puede usar");
        };
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(Throwable failure) {
        if (failure instanceof UncheckedIOException && failure.getCause() != null) {
            return firstLine(failure.getCause());
        }
        return Objects.requireNonNullElse(
                        failure.getMessage(), failure.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("");
    }
}
