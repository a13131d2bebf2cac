package com.electroisla.database.takeover;

import com.electroisla.database.DatabaseClock;
import com.electroisla.database.takeover.Finding.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * A look at a database of the old shop's before anything of ours is put there: what is found is told, mended where
 * somebody asked for that, and decides whether one can go on.
 */
public final class Takeover {
    private final Handle handle;
    private final int level;
    private List<Finding> findings;

    private Takeover(Handle handle, int level) {
        this.handle = handle;
        this.level = level;
        this.findings = findings(handle, level);
    }

    /** Looks, and tells what is found. @param out takes a line in Spanish for each finding */
    public static Takeover of(Handle handle, int level, Consumer<String> out) {
        Takeover takeover = new Takeover(handle, level);
        takeover.tell("Hallazgos en la base de la tienda antigua:", out);
        return takeover;
    }

    /** What is not as expected, the structure first. Changes nothing. @param level 18 or more */
    public static List<Finding> findings(Handle handle, int level) {
        return TakeoverCheck.of(handle, level, DatabaseClock.REAL.now(handle));
    }

    /** The {@code table.column} that a database at this level must have for anything of ours to work. */
    public static List<String> neededColumns(int level) {
        return ExpectedSchema.at(level).columns().stream()
                .filter(column -> !column.optional())
                .map(ExpectedSchema.Column::path)
                .toList();
    }

    /** Whether anything was found that {@link #mend} mends. */
    public boolean mendable() {
        return findings.stream().anyMatch(finding -> finding.effect().mendable());
    }

    /**
     * Mends all or nothing, in the caller's transaction, which may be run again.
     *
     * @param archive makes the tables in which corrections wait for 0020
     * @return a line for the operator for each kind of thing that was mended
     */
    public List<String> mend(Consumer<Handle> archive) {
        handle.savepoint("sin_reparar");
        List<String> lines = new ArrayList<>(TakeoverMend.run(handle, level, archive));
        findings = findings(handle, level);
        if (findings.stream().anyMatch(finding -> finding.effect().stops())) {
            handle.rollbackToSavepoint("sin_reparar");
            return List.of("No se repara nada mientras quede algo que impide seguir.");
        }
        return lines;
    }

    /** Tells what mending left. */
    public void tellWhatIsLeft(Consumer<String> out) {
        tell("Quedan:", out);
    }

    private void tell(String title, Consumer<String> out) {
        if (!findings.isEmpty()) {
            out.accept(title);
            findings.forEach(finding -> out.accept(finding.line()));
        }
    }

    /** Why it cannot be gone on from here. @param mended whether mending was asked for already */
    public Optional<String> hindrance(boolean mended) {
        List<String> stops = findings.stream().filter(finding -> finding.effect().stops()).map(Finding::name).distinct().toList();
        boolean mendable = !mended && findings.stream().anyMatch(finding -> finding.effect() == Effect.STOPS_UNTIL_MENDED);
        return stops.isEmpty()
                ? Optional.empty()
                : Optional.of("No se puede seguir por: %s.%s".formatted(String.join(", ", stops),
                        mendable ? " Haz un respaldo y ejecuta ./manage migrate con --reparar." : ""));
    }
}
