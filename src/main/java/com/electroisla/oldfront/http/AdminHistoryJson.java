package com.electroisla.oldfront.http;

import com.electroisla.admin.ChangeLog;
import com.electroisla.pages.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log in the old front end's names. Its details are those that the old shop wrote, or ours in its form:
 * what was changed, what a new object was made of, or what a deleted one had. Pictures stay out.
 */
record AdminHistoryJson(
        long id,
        String usuarioNombre,
        String usuarioNombreCompleto,
        String accion,
        String accionDisplay,
        String modulo,
        String moduloDisplay,
        long objetoId,
        String objetoRepr,
        Map<String, @Nullable Object> detalles,
        @Nullable String ipAddress,
        Instant timestamp) {
    /** The bundle with the words for actions and modules. */
    static final String AREA = "oldfront";

    private static final Set<String> ACTIONS = Set.of(
            "crear",
            "editar",
            "eliminar",
            "cambiar_rol",
            "activar",
            "desactivar",
            "ajustar",
            "asignar",
            "estado",
            "liberar",
            "cerrar sesiones",
            "reenviar",
            "ver_codigo");
    private static final Set<String> MODULES =
            Set.of("producto", "inventario", "reserva", "pedido", "usuario", "carrito", "correo");

    private static final String CHANGED = "cambios_realizados";
    private static final String MADE = "datos_creados";
    private static final String DELETED = "datos_eliminados";
    private static final Set<String> OLD = Set.of(CHANGED, MADE, DELETED);
    private static final String BEFORE = "antes";
    private static final String AFTER = "despues";
    private static final int LONGEST_VALUE = 500;

    static AdminHistoryJson of(ChangeLog.Change change, Words words) {
        String system = words.text("sistema");
        return new AdminHistoryJson(
                change.id(),
                change.username().isEmpty() ? system : change.username(),
                change.fullName().isEmpty() ? system : change.fullName(),
                change.action(),
                shown(words, ACTIONS, "accion_", change.action()),
                change.module(),
                shown(words, MODULES, "tipo_", change.module()),
                change.objectId(),
                change.object(),
                details(change),
                change.address(),
                change.at());
    }

    /** Another word, of ours or of the old shop's, is one in Spanish for people, but begins small. */
    private static String shown(Words words, Set<String> known, String prefix, String word) {
        if (known.contains(word)) {
            return words.text(prefix + word.replace(' ', '_'));
        }
        String spaced = word.replace('_', ' ');
        return spaced.isEmpty() ? spaced : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }

    private static Map<String, @Nullable Object> details(ChangeLog.Change change) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        change.details().forEach((name, value) -> {
            boolean ours = name.equals(BEFORE) || name.equals(AFTER);
            if (!ours && isShown(name, value)) {
                details.put(String.valueOf(name), OLD.contains(name) ? withoutPictures(value) : value);
            }
        });
        Map<?, ?> before = values(change.details().get(BEFORE));
        Map<?, ?> after = values(change.details().get(AFTER));
        if (before.isEmpty() && !after.isEmpty()) {
            details.put(MADE, texts(after));
        } else if (after.isEmpty() && !before.isEmpty()) {
            details.put(DELETED, texts(before));
        } else if (!after.isEmpty()) {
            details.put(CHANGED, changes(before, after));
        }
        return details;
    }

    /** A value that is no object stands alone. */
    private static Map<?, ?> values(@Nullable Object kept) {
        if (kept == null) {
            return Map.of();
        }
        return kept instanceof Map<?, ?> object ? object : Map.of("valor", kept);
    }

    private static Map<String, Object> changes(Map<?, ?> before, Map<?, ?> after) {
        Set<Object> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        Map<String, Object> changes = new LinkedHashMap<>();
        for (Object name : names) {
            if (isShown(name, after.get(name)) && isShown(name, before.get(name))) {
                changes.put(
                        String.valueOf(name),
                        Map.of("anterior", text(before.get(name)), "nuevo", text(after.get(name))));
            }
        }
        return changes;
    }

    private static Map<String, Object> texts(Map<?, ?> values) {
        Map<String, Object> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (isShown(name, value)) {
                texts.put(String.valueOf(name), text(value));
            }
        });
        return texts;
    }

    private static @Nullable Object withoutPictures(@Nullable Object old) {
        if (!(old instanceof Map<?, ?> values)) {
            return old;
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (isShown(name, value)) {
                kept.put(String.valueOf(name), value);
            }
        });
        return kept;
    }

    private static boolean isShown(@Nullable Object name, @Nullable Object value) {
        return !"imagen_url".equals(name) && !(value instanceof String text && text.startsWith("data:"));
    }

    /** The front end leaves out a change from an empty text. */
    private static String text(@Nullable Object value) {
        String text = value == null ? "" : String.valueOf(value);
        String shown = text.isBlank() ? "\u2014" : text;
        return shown.length() <= LONGEST_VALUE
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_VALUE / 2));
    }
}
