package com.electroisla.database.migration;

import com.electroisla.database.migration.MigrationSql.Recorded;
import com.electroisla.database.takeover.DjangoLevel;
import com.electroisla.database.takeover.Takeover;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The state of a database, by our record and Django's, where there is one.
 *
 * @param recorded the migrations in our record
 * @param django how far Django's own migrations went
 * @param recognised migrations that Django applied and our record lacks, to be recorded with origin {@code django}
 * @param undoneByDjango whether Django took back the 0019 that our record names last
 */
record Recognition(
        MigrationSql.Tables tables,
        DjangoLevel django,
        List<Recorded> recorded,
        List<Migration> recognised,
        boolean undoneByDjango,
        Optional<String> newerThanKnown,
        Optional<String> problem) {

    static final String DJANGO = "django";
    static final String OWN = "propia";

    static Recognition of(Handle handle, List<Migration> known) {
        MigrationSql.Tables tables = MigrationSql.tables(handle);
        List<Recorded> recorded = tables.ours() ? MigrationSql.recorded(handle) : List.of();
        DjangoLevel django = DjangoLevel.of(tables.django() ? MigrationSql.djangoNames(handle) : List.of());
        int ownLevel = recorded.stream().mapToInt(Recorded::number).max().orElse(0);

        Optional<String> newer = recorded.stream()
                .filter(row -> row.number() > known.getLast().number())
                .map(Recorded::name)
                .reduce((first, second) -> second);
        List<Migration> recognised = new ArrayList<>();
        for (Migration migration : known) {
            boolean appliedByDjango = migration.number() <= Math.min(django.number(), Migration.STOCK);
            if (appliedByDjango && recorded.stream().noneMatch(row -> row.number() == migration.number())) {
                recognised.add(migration);
            }
        }
        boolean undone = django.number() == Migration.BASE && ownLevel >= Migration.STOCK;
        return new Recognition(
                tables,
                django,
                recorded,
                List.copyOf(recognised),
                undone && ownLevel == Migration.STOCK,
                newer,
                problem(handle, tables, recorded, recognised, django, undone && ownLevel > Migration.STOCK));
    }

    private static Optional<String> problem(
            Handle handle,
            MigrationSql.Tables tables,
            List<Recorded> recorded,
            List<Migration> recognised,
            DjangoLevel django,
            boolean undoneBelowOurs) {
        if (undoneBelowOurs) {
            return Optional.of("Django deshizo 0019 por debajo de las migraciones de este programa; restaura un "
                    + "respaldo o vuelve a "
                    + "aplicar 0019 con Django.");
        }
        if (django.refusal().isPresent()) {
            return django.refusal();
        }
        if (recorded.isEmpty() && django.number() > 0 && django.number() < Migration.BASE) {
            return Optional.of(("Django solo llegó a la migración %04d de api; aplica antes con Django hasta la 0018.")
                    .formatted(django.number()));
        }
        if (recorded.isEmpty() && recognised.isEmpty() && tables.shopTables() > 0) {
            return Optional.of("La base tiene tablas con los nombres de la tienda, y ni este programa ni Django "
                    + "dicen haberlas hecho; "
                    + "usa una base vacía.");
        }
        if (recognised.isEmpty()) {
            return Optional.empty();
        }
        List<String> expected = Takeover.neededColumns(recognised.getLast().number());
        List<String> missing = MigrationSql.missingColumns(handle, expected);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Django dice haber aplicado %s, pero faltan columnas: %s."
                        .formatted(
                                recognised.getLast().name(),
                                String.join(", ", missing.subList(0, Math.min(10, missing.size())))));
    }

    /** The number of the last migration the database has, the merely recognised ones included. */
    int level() {
        int highest = 0;
        for (Recorded row : recorded) {
            highest = Math.max(highest, row.number());
        }
        for (Migration migration : recognised) {
            highest = Math.max(highest, migration.number());
        }
        return undoneByDjango ? Migration.BASE : highest;
    }

    /** The last migration that Django applied, which {@code zero} does not undo; 0 when Django made nothing here. */
    int djangoFloor() {
        int floor = 0;
        for (Recorded row : recorded) {
            if (row.origin().equals(DJANGO) && !(undoneByDjango && row.number() == Migration.STOCK)) {
                floor = Math.max(floor, row.number());
            }
        }
        for (Migration migration : recognised) {
            floor = Math.max(floor, migration.number());
        }
        return floor;
    }

    /** Whether Django made this database, whatever was applied since. */
    boolean isTakenOver() {
        return tables.django() && newerThanKnown.isEmpty() && django.refusal().isEmpty() && level() >= Migration.BASE;
    }

    /** Whether the old shop uses this database and none of our own invariants holds yet. */
    boolean isOldShops() {
        return isTakenOver() && level() <= Migration.STOCK;
    }

    /** Whether the database has nothing of the shop. */
    boolean empty() {
        return recorded.isEmpty() && recognised.isEmpty() && tables.shopTables() == 0;
    }

    /** The reason why nothing can be migrated here, such as a database that is too new. */
    Optional<String> refusal(List<Migration> known) {
        return newerThanKnown
                .map(name -> ("La base tiene la migración %s, que este programa no conoce (llega hasta %s); usa la "
                                + "versión que la aplicó.")
                        .formatted(name, known.getLast().name()))
                .or(() -> problem);
    }

    Status status(List<Migration> known) {
        int level = level();
        List<Status.Entry> entries = known.stream()
                .map(migration -> new Status.Entry(migration.number(), migration.name(), migration.number() <= level))
                .toList();
        return new Status(
                entries,
                level,
                newerThanKnown,
                empty(),
                djangoFloor() >= Migration.BASE,
                tables.django() && recorded.isEmpty(),
                refusal(known));
    }
}
