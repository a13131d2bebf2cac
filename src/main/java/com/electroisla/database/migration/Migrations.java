package com.electroisla.database.migration;

import com.electroisla.database.Database;
import com.electroisla.database.SqlStates;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.MigrationOutcome.Refused;
import com.electroisla.database.takeover.Adaptation;
import com.electroisla.database.takeover.Finding;
import com.electroisla.database.takeover.Takeover;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Takes a database forwards and backwards through the shop's migrations.
 *
 * <p>Invariants: one process at a time migrates a database (a lock of the connection, waited for at most
 * {@value #LOCK_SECONDS} s). A step forwards is one transaction with its DDL, its row in our record and Django's row.
 * All the steps backwards of one request are one transaction, so that a refusal on the way leaves the database where
 * it was. On any failure the database is at the last step that was printed as OK.
 */
public final class Migrations {
    private static final int LOCK_SECONDS = 60;
    private static final int ATTEMPTS = 5;
    /** The first migration above Django's 0019: before it, a database of Django's is adapted. */
    private static final int FIRST_OF_OURS = Migration.STOCK + 1;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Database database;
    private final List<Migration> known;
    private final int lockSeconds;
    private final Consumer<String> progress;

    public Migrations(Database database) {
        this(database, Migration.KNOWN, LOCK_SECONDS);
    }

    Migrations(Database database, List<Migration> known, int lockSeconds) {
        this(database, known, lockSeconds, line -> {});
    }

    private Migrations(Database database, List<Migration> known, int lockSeconds, Consumer<String> progress) {
        this.database = database;
        this.known = known;
        this.lockSeconds = lockSeconds;
        this.progress = progress;
    }

    /**
     * The same, with a report every few seconds on the running step.
     *
     * @param out takes the lines, from a thread of its own
     */
    public Migrations tellingProgressTo(Consumer<String> out) {
        return new Migrations(database, known, lockSeconds, out);
    }

    /** The state of the database; changes nothing, takes no lock. */
    public Status status() {
        return database.read(this::status);
    }

    /** The same, as the caller's transaction sees it. */
    public Status status(Handle handle) {
        return Recognition.of(handle, known).status(known);
    }

    /**
     * Applies or undoes migrations until the target is the last one applied.
     *
     * @param force whether a step back may end live reservations and drop a shop with users or products in it
     * @param out takes {@code Applying api.0019_stock_system... OK} and {@code Unapplying ...} for each step once it
     *     is done, each followed by indented lines in Spanish that say what the step kept and dropped
     */
    public MigrationOutcome migrateTo(Target target, boolean force, Consumer<String> out) {
        return migrateTo(target, force, false, out);
    }

    /**
     * The same, and first reports what a takeover finds wrong with a database of the old shop.
     *
     * @param mend whether to mend findings that can be mended safely
     */
    public MigrationOutcome migrateTo(Target target, boolean force, boolean mend, Consumer<String> out) {
        return underLock((handle, telling) -> migrate(handle, target, force, mend, out, telling));
    }

    /**
     * Reports everything that {@link #migrateTo} would do, how long each step held which locks, and what the way back
     * would do. All of it runs in one transaction that is rolled back, so it holds the same locks meanwhile, and
     * changes nothing.
     */
    public MigrationOutcome rehearse(Target target, boolean force, boolean mend, Consumer<String> out) {
        return underLock((handle, telling) -> Rehearsal.run(this, handle, target, force, mend, out, telling));
    }

    MigrationOutcome migrate(
            Handle handle,
            Target target,
            boolean force,
            boolean mend,
            Consumer<String> out,
            MigrationProgress telling) {
        Recognition found = Recognition.of(handle, known);
        Optional<Integer> wanted = level(target, found);
        Optional<String> refusal = found.refusal(known);
        if (wanted.isPresent()
                && wanted.get() >= found.level()
                && (found.isOldShops() || mend && found.isTakenOver())) {
            Optional<String> hindrance = takeOver(handle, found.level(), mend && refusal.isEmpty(), out, telling);
            refusal = refusal.or(() -> hindrance);
        }
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        if (wanted.isEmpty()) {
            return new Refused("No existe esa migración de api; las hay de %s a %s."
                    .formatted(known.getFirst().name(), known.getLast().name()));
        }
        recogniseDjango(handle, found, out, telling);
        return wanted.get() >= found.level()
                ? forwards(handle, found, wanted.get(), out, telling)
                : backwards(handle, found, wanted.get(), target instanceof Target.Zero, force, out, telling);
    }

    /**
     * Brings the database up to date before a server serves: an empty database, or one at 0019 or later, gets the
     * missing migrations, which only add; one at 0018 is refused, with the command that takes it over, because that
     * step changes how the shop sells.
     */
    public MigrationOutcome upgradeForServer(Consumer<String> out) {
        if (status().current()) {
            return new Done(0);
        }
        // Decided under the lock: another instance that migrates an empty database passes through 0018 as well.
        return underLock((handle, telling) -> {
            Status status = status(handle);
            if (status.problem().isEmpty() && !status.empty() && status.level() < Migration.STOCK) {
                return new Refused(("La base está en la migración %04d, sin el sistema de stock. Haz un respaldo y "
                                + "ejecuta: ./manage migrate api 0019")
                        .formatted(status.level()));
            }
            // A takeover stops the old shop, so an operator decides on it, never the start of a server.
            if (status.problem().isEmpty() && status.neverOurs()) {
                return new Refused("Esta base es de la tienda antigua (Django) y este programa nunca la ha migrado. "
                        + "Para la tienda antigua, "
                        + "haz un respaldo y ejecuta: ./manage migrate");
            }
            return migrate(handle, Target.LATEST, false, false, out, telling);
        });
    }

    /** How many products have stock but no figures yet ("not initialised"); 0 before 0019. */
    public int uninitialisedProducts() {
        return status().level() < Migration.STOCK ? 0 : database.read(MigrationSql::uninitialisedProducts);
    }

    /**
     * The sentence that names other connections to a database of the old shop's; both shops at once would be refused
     * there.
     */
    public Optional<String> strangersHint() {
        if (!status().djangoMade()) {
            return Optional.empty();
        }
        List<String> strangers = database.read(MigrationSql::strangers);
        return strangers.isEmpty()
                ? Optional.empty()
                : Optional.of(("Hay otros programas conectados a esta base: %s. Si son de la tienda antigua, para su "
                                + "servidor web, el worker y el beat de Celery y su cron.")
                        .formatted(String.join("; ", strangers)));
    }

    /** The sentence for an operator whose database has products that are not initialised. */
    public Optional<String> uninitialisedHint() {
        int products = uninitialisedProducts();
        return products == 0
                ? Optional.empty()
                : Optional.of(("%d productos sin inicializar: tienen stock y no se venden hasta ejecutar ./manage "
                                + "actualizar_stock")
                        .formatted(products));
    }

    /** The findings in a database of the old shop, at 0018 or 0019; none for any other. Changes nothing. */
    public List<Finding> findings() {
        return database.read(handle -> {
            Recognition found = Recognition.of(handle, known);
            return found.isOldShops() ? Takeover.findings(handle, found.level()) : List.of();
        });
    }

    /**
     * Reports the findings and mends all or none: a refusal leaves the database as it was. Returns the reason against
     * going on.
     */
    private static Optional<String> takeOver(
            Handle handle, int level, boolean mend, Consumer<String> out, MigrationProgress telling) {
        Takeover takeover = Takeover.of(handle, level, out);
        if (mend && takeover.mendable()) {
            List<String> lines = new ArrayList<>();
            telling.at("reparando");
            transaction(handle, lines, () -> {
                MigrationSql.prepareScripts(handle, false);
                lines.addAll(takeover.mend(MigrationSql::createArchive));
            });
            lines.forEach(out);
            takeover.tellWhatIsLeft(out);
        }
        return takeover.hindrance(mend);
    }

    private Optional<Integer> level(Target target, Recognition found) {
        return switch (target) {
            case Target.Latest latest -> Optional.of(known.getLast().number());
            case Target.Zero zero -> Optional.of(found.djangoFloor());
            case Target.Number number ->
                known.stream()
                        .map(Migration::number)
                        .filter(n -> n == number.number())
                        .findFirst();
        };
    }

    /**
     * Records the migrations that Django applied, and restores the data that an earlier step back had archived before
     * Django went forwards.
     */
    private static void recogniseDjango(
            Handle handle, Recognition found, Consumer<String> out, MigrationProgress telling) {
        if (found.recognised().isEmpty() && !found.undoneByDjango()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        telling.at("anotando lo que aplicó Django");
        transaction(handle, lines, () -> {
            MigrationSql.prepareScripts(handle, false);
            MigrationSql.createRecord(handle);
            if (found.undoneByDjango()) {
                MigrationSql.forget(handle, Migration.STOCK);
            }
            for (Migration migration : found.recognised()) {
                MigrationSql.record(handle, migration, Recognition.DJANGO);
                lines.add("Reconocida api.%s (la aplicó Django)".formatted(migration.name()));
                if (migration.number() == Migration.STOCK) {
                    MigrationSql.run(handle, Migration.script("archivo_restaurar.sql"), line -> lines.add("  " + line));
                }
            }
        });
        lines.forEach(out);
    }

    private MigrationOutcome forwards(
            Handle handle, Recognition found, int wanted, Consumer<String> out, MigrationProgress telling) {
        boolean django = found.tables().django();
        int steps = 0;
        for (Migration migration : known) {
            if (migration.number() <= found.level() || migration.number() > wanted) {
                continue;
            }
            List<String> lines = new ArrayList<>();
            telling.at(migration.name());
            transaction(handle, lines, () -> {
                MigrationSql.prepareScripts(handle, false);
                MigrationSql.createRecord(handle);
                lines.add("Applying api.%s... OK".formatted(migration.name()));
                if (migration.number() == FIRST_OF_OURS && django) {
                    Adaptation.fit(handle, line -> lines.add("  " + line));
                }
                MigrationSql.run(handle, migration.script(django), line -> lines.add("  " + line));
                MigrationSql.record(handle, migration, Recognition.OWN);
                if (migration.number() == Migration.STOCK && django) {
                    MigrationSql.recordForDjango(handle);
                }
            });
            lines.forEach(out);
            steps++;
            if (!handle.isInTransaction()) {
                migration.rewritten().ifPresent(table -> MigrationSql.vacuum(handle, table));
            }
        }
        return new Done(steps);
    }

    private MigrationOutcome backwards(
            Handle handle,
            Recognition found,
            int wanted,
            boolean toZero,
            boolean force,
            Consumer<String> out,
            MigrationProgress telling) {
        List<Migration> undone = known.reversed().stream()
                .filter(migration -> migration.number() > wanted && migration.number() <= found.level())
                .toList();
        boolean django = found.tables().django();
        if (wanted < Migration.STOCK && found.django().number() > Migration.STOCK) {
            return new Refused(("Django llegó a %s, y lo que él aplicó no se deshace aquí; el camino de vuelta es "
                            + "./manage migrate api 0019, que quita solo lo nuestro.")
                    .formatted(found.django().name()));
        }
        List<String> lines = new ArrayList<>();
        transaction(handle, lines, () -> {
            MigrationSql.prepareScripts(handle, force);
            MigrationSql.createRecord(handle);
            for (Migration migration : undone) {
                telling.at(migration.name() + ", hacia atrás");
                lines.add("Unapplying api.%s... OK".formatted(migration.name()));
                MigrationSql.run(handle, migration.undoScript(django), line -> lines.add("  " + line));
                if (migration.number() == FIRST_OF_OURS) {
                    Adaptation.takeBack(handle, line -> lines.add("  " + line));
                }
                MigrationSql.forget(handle, migration.number());
                if (migration.number() == Migration.STOCK && django) {
                    MigrationSql.forgetForDjango(handle);
                }
            }
            if (toZero) {
                MigrationSql.dropRecord(handle);
            } else if (django && wanted <= Migration.STOCK) {
                MigrationSql.archiveRecord(handle);
            }
        });
        lines.forEach(out);
        return new Done(undone.size());
    }

    /**
     * One transaction on the connection that holds the lock; run again after a deadlock with a server that is selling.
     * A rehearsal has one transaction around all of them.
     */
    private static void transaction(Handle handle, List<String> lines, Runnable work) {
        if (handle.isInTransaction()) {
            work.run();
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                handle.useTransaction(ignored -> work.run());
                return;
            } catch (RuntimeException failure) {
                if (attempt == ATTEMPTS || !SqlStates.isRetryable(failure)) {
                    throw failure;
                }
                lines.clear();
            }
        }
    }

    private MigrationOutcome underLock(BiFunction<Handle, MigrationProgress, MigrationOutcome> work) {
        return database.read(handle -> {
            boolean locked = false;
            try {
                MigrationSql.lock(handle, lockSeconds);
                locked = true;
                try (MigrationProgress telling = new MigrationProgress(database, handle, progress)) {
                    return work.apply(handle, telling);
                }
            } catch (RuntimeException failure) {
                return expected(failure, locked).orElseThrow(() -> failure);
            } finally {
                release(handle, locked);
            }
        });
    }

    private Optional<MigrationOutcome> expected(RuntimeException failure, boolean locked) {
        if (SqlStates.sqlState(failure).filter(LOCK_NOT_AVAILABLE::equals).isPresent()) {
            String busy = locked
                    ? "Otra sesión tuvo ocupadas las tablas más de %d s; para el servidor o espera, y repite."
                    : "Otro proceso lleva más de %d s migrando esta base; espera a que acabe, y repite.";
            return Optional.of(new Refused(busy.formatted(lockSeconds)));
        }
        return failure instanceof MigrationSql.ScriptFailure script
                ? script.refusal().map(Refused::new)
                : Optional.empty();
    }

    /**
     * Releases the lock. A broken connection has released it already, and the failure that broke it is on its way to
     * the caller.
     */
    private static void release(Handle handle, boolean locked) {
        try {
            MigrationSql.unlock(handle, locked);
        } catch (RuntimeException broken) {
            if (!SqlStates.isConnectionLost(broken)) {
                throw broken;
            }
        }
    }
}
