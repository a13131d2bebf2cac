package com.electroisla.database.takeover;

import java.util.List;

/**
 * Something in a database of the old shop that is not as this program expects it.
 *
 * @param name stable, such as {@code reservas_vencidas}; for scripts
 * @param sentence what it is, in Spanish
 * @param rows how many rows it concerns; 0 for what is missing altogether
 * @param examples up to five ids, or whatever tells one row from another
 */
public record Finding(String name, String sentence, long rows, List<String> examples, Effect effect) {
    /** What it means for going on. */
    public enum Effect {
        /** Nobody can go on before a person decides. */
        STOPS("impide seguir"),
        /** As above, but {@code --reparar} can mend it without losing anything. */
        STOPS_UNTIL_MENDED("impide seguir; se arregla con --reparar"),
        /** No hindrance, and {@code --reparar} mends it. */
        MENDABLE("se arregla con --reparar"),
        /** No hindrance, and nothing that a program should decide. */
        REPORTED("aviso");

        private final String words;

        Effect(String words) {
            this.words = words;
        }

        /** Whether nobody can go on while it is there. */
        public boolean stops() {
            return this == STOPS || this == STOPS_UNTIL_MENDED;
        }

        /** Whether {@code --reparar} mends it. */
        public boolean mendable() {
            return this == STOPS_UNTIL_MENDED || this == MENDABLE;
        }
    }

    /** The line for the operator. */
    public String line() {
        String which = examples.isEmpty() ? "" : " (" + String.join(", ", examples) + (rows > examples.size() ? ", ..." : "") + ")";
        return "  - %s [%s]: %s; filas: %d%s".formatted(name, effect.words, sentence, rows, which);
    }
}
