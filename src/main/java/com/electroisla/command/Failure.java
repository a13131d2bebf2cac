package com.electroisla.command;

import com.electroisla.database.OutcomeUnknown;
import com.electroisla.database.SqlStates;
import com.electroisla.database.embedded.EmbeddedPostgresException;
import com.electroisla.settings.InvalidSetting;
import java.util.Objects;

/** What went wrong, in one line that an operator can act on. */
final class Failure {
    private Failure() {}

    static String inOneLine(Throwable failure) {
        if (failure instanceof CommandRefused || failure instanceof InvalidSetting || failure instanceof EmbeddedPostgresException) {
            return firstLine(failure);
        }
        if (failure instanceof OutcomeUnknown) {
            return "Se perdió la conexión con la base de datos al confirmar: no se sabe si el cambio llegó a hacerse; compruébalo antes de repetir.";
        }
        String state = SqlStates.sqlState(failure).orElse("");
        return switch (state) {
            case "" -> "Error: " + firstLine(failure) + " (--traceback muestra el detalle)";
            case "28P01", "28000" -> "La base de datos rechazó el usuario o la contraseña; revisa DATABASE_URL.";
            case "3D000" -> "No existe esa base de datos en el servidor; créala o revisa DATABASE_URL.";
            case "53300" -> "La base de datos no admite más conexiones; repite en unos segundos.";
            default -> SqlStates.isConnectionLost(failure)
                    ? "No se puede conectar con la base de datos; comprueba que está en marcha y revisa DATABASE_URL."
                    : "La base de datos respondió con un error (" + state + "): " + firstLine(failure) + " (--traceback muestra el detalle)";
        };
    }

    private static String firstLine(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName()).lines().findFirst().orElse("");
    }
}
