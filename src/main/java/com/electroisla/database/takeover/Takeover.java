package com.electroisla.database.takeover;

import com.electroisla.database.DatabaseClock;
import com.electroisla.database.takeover.Finding.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The check of an old shop's database before anything of ours is added: findings are reported, mended if asked for,
 * and decide whether the takeover goes on.
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

    /**
     * Checks the database and reports the findings.
     *
     * @param out takes a line in Spanish for each finding
     */
    public static Takeover of(Handle handle, int level, Consumer<String> out) {
        Takeover takeover = new Takeover(handle, level);
        takeover.tell("Hallazgos en la base de la tienda antigua:", out);
        return takeover;
    }

    /**
     * The findings, those about the structure first. Changes nothing.
     *
     * @param level 18 or more
     */
    public static List<Finding> findings(Handle handle, int level) {
        return TakeoverCheck.of(handle, level, DatabaseClock.REAL.now(handle));
    }

    /** The {@code table.column} that a database at this level must have for this program to work. */
    public static List<String> neededColumns(int level) {
        return ExpectedSchema.at(level).columns().stream()
                .filter(column -> !column.optional())
                .map(ExpectedSchema.Column::path)
                .toList();
    }

    /** Whether there is a finding that {@link #mend} can mend. */
    public boolean mendable() {
        return findings.stream().anyMatch(finding -> finding.effect().mendable());
    }

    /**
     * Mends all or nothing, in the caller's transaction, which may be run again.
     *
     * @param archive creates the tables in which corrections wait for 0020
     * @return a line for the operator for each kind of finding that was mended
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

    /** Reports the findings that remain after mending. */
    public void tellWhatIsLeft(Consumer<String> out) {
        tell("Quedan:", out);
    }

    private void tell(String title, Consumer<String> out) {
        if (!findings.isEmpty()) {
            out.accept(title);
            findings.forEach(finding -> out.accept(finding.line()));
        }
    }

    /**
     * The reason why the takeover cannot go on.
     *
     * @param mended whether mending was asked for already
     */
    public Optional<String> hindrance(boolean mended) {
        List<String> stops = findings.stream()
                .filter(finding -> finding.effect().stops())
                .map(Finding::name)
                .distinct()
                .toList();
        boolean mendable =
                !mended && findings.stream().anyMatch(finding -> finding.effect() == Effect.STOPS_UNTIL_MENDED);
        return stops.isEmpty()
                ? Optional.empty()
                : Optional.of("No se puede seguir por: %s.%s"
                        .formatted(
                                String.join(", ", stops),
                                mendable ? " Haz un respaldo y ejecuta ./manage migrate con --reparar." : ""));
    }
}
