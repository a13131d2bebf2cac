package com.electroisla.database.migration;

import com.electroisla.database.migration.RehearsalSql.Locked;
import com.electroisla.database.migration.RehearsalSql.SequenceValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * A migration that runs whole and is rolled back, so that an operator knows beforehand what the real one will do.
 *
 * <p>Invariant: nothing is changed. The rollback restores rows and schema; sequences are not rolled back, so each gets
 * its former value. The locks are those of the real steps, held until the rehearsal ends: the shop waits for it.
 */
final class Rehearsal implements Consumer<String> {
    private final Handle handle;
    private final Set<String> tables;
    private final Consumer<String> out;
    private final Set<Locked> told = new HashSet<>();
    private long began = System.nanoTime();
    private String held = "";

    private Rehearsal(Handle handle, Set<String> tables, Consumer<String> out) {
        this.handle = handle;
        this.tables = tables;
        this.out = out;
    }

    static MigrationOutcome run(
            Migrations migrations,
            Handle handle,
            Target target,
            boolean force,
            boolean mend,
            Consumer<String> out,
            MigrationProgress telling) {
        List<SequenceValue> sequences = RehearsalSql.sequences(handle);
        Set<String> tables = RehearsalSql.tables(handle);
        handle.begin();
        try {
            int before = migrations.status(handle).level();
            Rehearsal forwards = new Rehearsal(handle, tables, out);
            MigrationOutcome outcome = migrations.migrate(handle, target, force, mend, forwards, telling);
            forwards.tellHeld();
            int after = migrations.status(handle).level();
            if (after > before && before >= Migration.BASE) {
                out.accept("El camino de vuelta, ./manage migrate api %04d, haría:".formatted(before));
                Rehearsal back = new Rehearsal(handle, tables, out);
                MigrationOutcome undone =
                        migrations.migrate(handle, new Target.Number(before), true, false, out, telling);
                back.measure();
                back.tellHeld();
                if (undone instanceof MigrationOutcome.Refused refused) {
                    out.accept("  " + refused.reason());
                }
            }
            return outcome;
        } finally {
            handle.rollback();
            RehearsalSql.giveBack(handle, sequences);
        }
    }

    /** Takes a line. The first line of a step forwards comes when the step is done, and its other lines follow. */
    @Override
    public void accept(String line) {
        if (line.startsWith("Applying ")) {
            tellHeld();
            measure();
        }
        out.accept(line);
    }

    private void measure() {
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Locked> locks = RehearsalSql.locks(handle).stream()
                .filter(lock -> tables.contains(lock.table()))
                .filter(told::add)
                .toList();
        held = "  (" + String.format(Locale.ROOT, "%.2f s", seconds) + names(locks, true, "; nadie lee ni escribe ")
                + names(locks, false, "; nadie escribe ") + ")";
        began = System.nanoTime();
    }

    private void tellHeld() {
        if (!held.isEmpty()) {
            out.accept(held);
            held = "";
        }
    }

    private static String names(List<Locked> locks, boolean exclusive, String words) {
        List<String> tables = locks.stream()
                .filter(lock -> lock.exclusive() == exclusive)
                .map(Locked::table)
                .distinct()
                .toList();
        return tables.isEmpty() ? "" : words + String.join(", ", tables);
    }
}
