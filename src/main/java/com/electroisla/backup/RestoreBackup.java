package com.electroisla.backup;

import com.electroisla.backup.BackupSql.Other;
import com.electroisla.backup.Manifest.Rows;
import com.electroisla.backup.Manifest.Sequence;
import com.electroisla.backup.Schema.Grant;
import com.electroisla.backup.Schema.Table;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.OrphanSql;
import com.electroisla.database.SqlStates;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the database's content by a backup.
 *
 * <p>Invariant: one transaction makes a fresh schema, fills it, compares it with the manifest, moves the content of
 * {@code public} to a schema of its own and the fresh schema's content into {@code public}. PostgreSQL's DDL is
 * transactional, so every reader sees all of the old or all of the new data, even if this process or the server dies.
 * The old tables are locked only at the end.
 */
public final class RestoreBackup {
    private static final String FRESH = "electro_isla_restauracion";
    private static final String EARLIER = "electro_isla_anterior_";
    private static final DateTimeFormatter IN_NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);
    /** Each pause lasts half a second: a command that cron started has time to end. */
    private static final int PAUSES = 20;
    /** The sessions of a server that was just stopped end a moment later than it does. */
    private static final int FIRST_PAUSES = 3;

    private static final int LOCK_ATTEMPTS = 5;
    private static final String NO_PERMISSION = "42501";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Database database;
    private final DatabaseClock clock;
    private final Afterwards afterwards;

    /** A step on the restored content, in the restore's own transaction, before anybody sees it. */
    public interface Afterwards {
        /** @return the number of rows that it changed */
        int run(Handle handle);
    }

    public RestoreBackup(Database database, DatabaseClock clock) {
        this(database, clock, handle -> 0);
    }

    public RestoreBackup(Database database, DatabaseClock clock, Afterwards afterwards) {
        this.database = database;
        this.clock = clock;
        this.afterwards = afterwards;
    }

    /**
     * A backup that is now the database.
     *
     * @param moment when the backup's snapshot was taken
     * @param earlier the schema that keeps the content from before; empty when there was none
     * @param changed the rows that the step after it changed
     * @param remarks further lines for the operator, in Spanish
     */
    public record Restored(
            Instant moment, int tables, long rows, Optional<String> earlier, int changed, List<String> remarks) {}

    /**
     * Checks the file, restores it aside, compares, replaces.
     *
     * @param force ends the connections of others, instead of refusing while there are any
     * @param progress a line for each step, and for every {@value BackupProgress#ROWS_A_LINE} rows
     * @throws BackupRefused with the reason; the database is as it was
     */
    public Restored run(Path file, Optional<String> key, boolean force, Consumer<String> progress) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BackupRefused("No existe el archivo " + file + ".");
        }
        BackupReader reader = new BackupReader(file, key);
        progress.accept("Comprobando el archivo...");
        refuseNewer(reader.verify());
        if (!reader.isEncrypted()) {
            progress.accept("ℹ️ El respaldo no está cifrado, y nada demuestra quién lo escribió: su SQL se ejecuta "
                    + "con los permisos de la tienda. "
                    + "Restaura solo archivos guardados por ti.");
        }
        try {
            database.use(handle -> refuseOthers(handle, force, FIRST_PAUSES));
            return database.inTransactionOnce(handle -> replace(handle, reader, force, progress));
        } catch (RuntimeException failure) {
            String state = SqlStates.sqlState(failure).orElse("");
            throw switch (state) {
                case NO_PERMISSION ->
                    new BackupRefused(
                            ("El usuario de la base de datos no puede hacerlo (%s); la base queda como estaba.")
                                    .formatted(String.valueOf(failure.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")));
                case LOCK_NOT_AVAILABLE ->
                    new BackupRefused("Otra sesión no soltó las tablas a tiempo; la base queda como estaba.");
                default -> failure;
            };
        }
    }

    private void refuseNewer(Manifest manifest) {
        Status status = new Migrations(database).status();
        Status.Entry last = status.entries().getLast();
        if (manifest.level() > last.number()) {
            throw new BackupRefused(("El respaldo tiene la migración %04d, que este programa no conoce (llega hasta "
                            + "%s); usa la versión que lo hizo.")
                    .formatted(manifest.level(), last.name()));
        }
    }

    private Restored replace(Handle handle, BackupReader reader, boolean force, Consumer<String> progress)
            throws IOException {
        BackupSql.sameWayOfWriting(handle);
        String id = IN_NAME.format(clock.now(handle));
        BackupSql.createSchema(handle, FRESH);
        progress.accept("Restaurando en un lugar aparte...");
        Filling filling = new Filling(handle, progress);
        Manifest manifest = reader.read(filling);
        Schema schema = filling.finish(manifest.sequences());
        progress.accept("Comparando lo restaurado con el respaldo...");
        compare(handle, schema, manifest, progress);
        RightsSql.takeBackDefaults(handle, FRESH);
        progress.accept("Sustituyendo...");
        Optional<String> earlier = swap(handle, EARLIER + id, force);
        compareShape(handle, schema, manifest);
        List<String> remarks = grant(handle, schema);
        earlier.ifPresent(aside -> RightsSql.lookingAt(handle, aside)
                .forEach(outside -> remarks.add(
                        "Sigue mirando lo que había antes, en " + aside + ": " + outside + "; créalo de nuevo")));
        return new Restored(
                Instant.parse(manifest.moment()),
                manifest.tables().size(),
                manifest.rows(),
                earlier,
                afterwards.run(handle),
                remarks);
    }

    private static final String BEFORE_KEY = "clave";

    /** Makes the fresh schema as the parts of the file pass. */
    private static final class Filling implements BackupReader.Visitor {
        private final Handle handle;
        private final Consumer<String> progress;
        private @Nullable Schema schema;
        private boolean unchecked;

        Filling(Handle handle, Consumer<String> progress) {
            this.handle = handle;
            this.progress = progress;
        }

        @Override
        public void schema(Schema read) {
            schema = read;
            read.extensions().forEach(extension -> SchemaSql.run(handle, extension));
            // Extensions stay in public; every other name is looked up in the fresh schema first.
            SchemaSql.searchIn(handle, FRESH, TakeBackup.SCHEMA);
            read.before().forEach(statement -> SchemaSql.run(handle, statement));
        }

        @Override
        public void table(Table table, InputStream rows) throws IOException {
            BackupSql.copyIn(handle, FRESH, table, new BackupProgress(table.name(), progress).watching(rows));
        }

        /**
         * Makes a foreign key that rows violate without checking it, so that all violations can be looked for and
         * named.
         */
        private void afterRows(String statement) {
            boolean key = statement.contains(" FOREIGN KEY ");
            if (key) {
                handle.savepoint(BEFORE_KEY);
            }
            try {
                SchemaSql.run(handle, statement);
            } catch (RuntimeException failure) {
                if (!key
                        || SqlStates.sqlState(failure)
                                .filter(SqlStates.FOREIGN_KEY_VIOLATION::equals)
                                .isEmpty()) {
                    throw failure;
                }
                handle.rollbackToSavepoint(BEFORE_KEY);
                SchemaSql.run(handle, statement + " NOT VALID");
                unchecked = true;
            }
        }

        Schema finish(List<Sequence> sequences) {
            Schema read = Objects.requireNonNull(schema);
            read.after().forEach(this::afterRows);
            List<OrphanSql.Orphans> orphans = unchecked ? OrphanSql.of(handle, FRESH) : List.of();
            if (!orphans.isEmpty()) {
                throw new BackupRefused(("El respaldo tiene filas que apuntan a lo que no existe: %s. Corrígelas en "
                                + "la base de la que se hizo y haz otro respaldo; esta base queda como estaba.")
                        .formatted(orphans.stream()
                                .map(OrphanSql.Orphans::sentence)
                                .collect(Collectors.joining("; "))));
            }
            sequences.forEach(sequence -> BackupSql.setSequence(handle, FRESH, sequence));
            read.tables().forEach(table -> BackupSql.analyze(handle, FRESH, table));
            return read;
        }
    }

    private static void compare(Handle handle, Schema schema, Manifest manifest, Consumer<String> progress)
            throws IOException {
        for (int i = 0; i < schema.tables().size(); i++) {
            Table table = schema.tables().get(i);
            Rows expected = manifest.tables().get(i);
            RowChecksum found = new RowChecksum();
            BackupProgress rows = new BackupProgress(table.name(), progress);
            BackupSql.copyOut(handle, FRESH, table, row -> {
                found.update(row, 0, row.length);
                rows.oneMore();
            });
            if (found.rows() != expected.rows() || !found.sum().equals(expected.sum())) {
                throw new BackupRefused(("Lo restaurado no es igual que el respaldo: %s tiene %d filas y el respaldo "
                                + "%d (o son otras). La base queda como estaba.")
                        .formatted(table.name(), found.rows(), expected.rows()));
            }
        }
        if (!BackupSql.sequences(handle, FRESH).equals(manifest.sequences())) {
            throw new BackupRefused("Lo restaurado no es igual que el respaldo: las secuencias son otras. La base "
                    + "queda como estaba.");
        }
    }

    /** Compares within one version of PostgreSQL only: other versions write the same definition differently. */
    private static void compareShape(Handle handle, Schema expected, Manifest manifest) {
        if (BackupSql.serverMajor(handle) != manifest.postgres()) {
            return;
        }
        Schema found = SchemaSql.read(handle, TakeBackup.SCHEMA);
        if (!found.isLike(expected)) {
            throw new BackupRefused("Lo restaurado no es igual que el respaldo; falta: %s. La base queda como estaba."
                    .formatted(expected.differences(found).stream()
                            .findFirst()
                            .orElse("?")
                            .lines()
                            .findFirst()
                            .orElse("")));
        }
    }

    /**
     * Runs each GRANT by itself and checks its effect afterwards: a GRANT by a role that may not give the right ends
     * in a mere warning.
     */
    private static List<String> grant(Handle handle, Schema schema) {
        SchemaSql.searchIn(handle, TakeBackup.SCHEMA);
        List<String> remarks = new ArrayList<>();
        List<Grant> tried = new ArrayList<>();
        for (Grant grant : schema.grants()) {
            if (!BackupSql.roleExists(handle, grant.role())) {
                remarks.add("No existe el usuario " + grant.role() + " en este servidor: no se le dio permiso ("
                        + grant.statement() + ")");
                continue;
            }
            tried.add(grant);
            handle.savepoint("permiso");
            try {
                SchemaSql.run(handle, grant.statement());
                handle.releaseSavepoint("permiso");
            } catch (SchemaSql.StatementFailed refused) {
                handle.rollbackToSavepoint("permiso");
            }
        }
        List<Grant> found = RightsSql.of(handle, TakeBackup.SCHEMA);
        tried.stream()
                .filter(grant -> !found.contains(grant) && !RightsSql.isOwnNow(handle, grant))
                .forEach(grant ->
                        remarks.add("El usuario de la base de datos no puede hacerlo; hazlo tú: " + grant.statement()));
        return remarks;
    }

    private static Optional<String> swap(Handle handle, String earlier, boolean force) {
        refuseOthers(handle, force, PAUSES);
        lockOutOthers(handle);
        BackupSql.createSchema(handle, earlier);
        int moved = BackupSql.move(handle, TakeBackup.SCHEMA, earlier);
        if (moved == 0) {
            BackupSql.dropEmptySchema(handle, earlier);
        }
        BackupSql.move(handle, FRESH, TakeBackup.SCHEMA);
        BackupSql.dropEmptySchema(handle, FRESH);
        return moved == 0 ? Optional.empty() : Optional.of(earlier);
    }

    /**
     * Locks all tables. A wait that ends in a deadlock or takes too long gives back the locks taken so far and begins
     * again.
     */
    private static void lockOutOthers(Handle handle) {
        for (int attempt = 1; ; attempt++) {
            handle.savepoint("sustituir");
            try {
                BackupSql.lockOutOthers(handle, TakeBackup.SCHEMA);
                return;
            } catch (RuntimeException failure) {
                boolean passes = SqlStates.isRetryable(failure)
                        || SqlStates.sqlState(failure)
                                .filter(LOCK_NOT_AVAILABLE::equals)
                                .isPresent();
                if (attempt == LOCK_ATTEMPTS || !passes) {
                    throw failure;
                }
                handle.rollbackToSavepoint("sustituir");
            }
        }
    }

    private static void refuseOthers(Handle handle, boolean force, int pauses) {
        List<Other> others = BackupSql.others(handle);
        if (force) {
            others.forEach(other -> BackupSql.terminate(handle, other.pid()));
            return;
        }
        for (int i = 1; i < pauses && !others.isEmpty(); i++) {
            BackupSql.pause(handle);
            others = BackupSql.others(handle);
        }
        if (!others.isEmpty()) {
            Other one = others.getFirst();
            throw new BackupRefused(("Hay %d conexiones de otros a la base (%s, usuario %s): para los servidores y "
                            + "repite, o córtalas con --forzar. "
                            + "La base queda como estaba.")
                    .formatted(others.size(), one.program(), one.user()));
        }
    }
}
