package com.electroisla.database.takeover;

import java.util.List;

/**
 * A difference between a database of the old shop and this program's expectation.
 *
 * @param name stable, such as {@code reservas_vencidas}; for scripts
 * @param sentence the description, in Spanish
 * @param rows how many rows it concerns; 0 when a table, column or key is missing
 * @param examples up to five ids, or other values that identify the rows
 */
public record Finding(String name, String sentence, long rows, List<String> examples, Effect effect) {
    /** The consequence for the takeover. */
    public enum Effect {
        /** The takeover stops until a person decides. */
        STOPS("impide seguir"),
        /** The takeover stops, but {@code --reparar} can mend this without losing data. */
        STOPS_UNTIL_MENDED("impide seguir; se arregla con --reparar"),
        /** The takeover goes on, and {@code --reparar} can mend this. */
        MENDABLE("se arregla con --reparar"),
        /** The takeover goes on, and no program should decide this. */
        REPORTED("aviso");

        private final String words;

        Effect(String words) {
            this.words = words;
        }

        /** Whether it stops the takeover. */
        public boolean stops() {
            return this == STOPS || this == STOPS_UNTIL_MENDED;
        }

        /** Whether {@code --reparar} can mend it. */
        public boolean mendable() {
            return this == STOPS_UNTIL_MENDED || this == MENDABLE;
        }
    }

    public String line() {
        String which = examples.isEmpty()
                ? ""
                : " (" + String.join(", ", examples) + (rows > examples.size() ? ", ..." : "") + ")";
        return "  - %s [%s]: %s; filas: %d%s".formatted(name, effect.words, sentence, rows, which);
    }
}
