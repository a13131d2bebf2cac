package com.electroisla.backup;

import com.electroisla.backup.Schema.Table;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.OrphanSql;
import com.electroisla.database.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Writes everything in the schema {@code public} into one file, as it was at one moment, while the shop goes on
 * selling.
 *
 * <p>Invariant: one REPEATABLE READ transaction reads all rows. Meanwhile the weakest table lock keeps the tables from
 * being altered; it stops migrations and nothing else. Sequences are read after the snapshot was taken, so they are
 * never behind the rows. No more than a row and a few buffers are held in memory.
 */
public final class TakeBackup {
    static final String SCHEMA = "public";

    private static final DateTimeFormatter IN_NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private final Database database;
    private final DatabaseClock clock;
    private final Migrations migrations;

    public TakeBackup(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
        this.migrations = new Migrations(database);
    }

    /**
     * A backup that was made.
     *
     * @param bytes the file's size
     * @param orphans rows whose foreign key points at nothing; a backup with such rows cannot be restored
     */
    public record Made(
            Path file,
            Instant moment,
            int tables,
            long rows,
            long bytes,
            boolean encrypted,
            List<OrphanSql.Orphans> orphans) {}

    /**
     * The default name {@code electro_isla_AAAAMMDD_HHMMSS.eib} in the folder, by the database's clock; the folder
     * (0700) is made when missing.
     */
    public Path defaultFile(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return folder.resolve("electro_isla_" + IN_NAME.format(database.read(clock::now)) + ".eib");
    }

    /**
     * Makes the backup.
     *
     * @param file must not exist yet; its folder must
     * @param key encrypts it, when there is one
     * @param progress a line every {@value BackupProgress#ROWS_A_LINE} rows
     * @throws BackupRefused with the reason, when an object cannot be kept; no file is left then
     */
    public Made run(Path file, Optional<String> key, Consumer<String> progress) throws IOException {
        Path whole = file.toAbsolutePath();
        if (Files.exists(whole)) {
            throw BackupWriter.alreadyThere(file);
        }
        Path folder = Objects.requireNonNull(whole.getParent());
        if (!Files.isDirectory(folder)) {
            throw new BackupRefused("No existe la carpeta " + folder + ".");
        }
        PartialFile.deleteLeft(folder)
                .forEach(left -> progress.accept(
                        "Quitado lo que dejó a medias un respaldo interrumpido: " + left.getFileName()));
        try (BackupWriter writer = new BackupWriter(whole, key)) {
            // Not Database.inTransaction: a file cannot be rolled back and written again.
            List<OrphanSql.Orphans> orphans = new ArrayList<>();
            Manifest manifest = database.read(handle -> handle.inTransaction(inside -> {
                Manifest written = write(inside, writer, progress);
                orphans.addAll(OrphanSql.of(inside, SCHEMA));
                return written;
            }));
            writer.finish(manifest);
            return new Made(
                    whole,
                    Instant.parse(manifest.moment()),
                    manifest.tables().size(),
                    manifest.rows(),
                    Files.size(whole),
                    key.isPresent(),
                    orphans);
        }
    }

    private Manifest write(Handle handle, BackupWriter writer, Consumer<String> progress) throws IOException {
        BackupSql.readOneMoment(handle);
        Instant moment = clock.now(handle);
        BackupSql.sameWayOfWriting(handle);
        Schema first = SchemaSql.read(handle, SCHEMA);
        BackupSql.keepFromBeingAltered(handle, SCHEMA, first.tables());
        Schema schema = SchemaSql.read(handle, SCHEMA);
        if (!schema.isLike(first)) {
            throw new BackupRefused("Alguien está cambiando las tablas (¿una migración?); repite cuando acabe.");
        }
        List<String> beyondUs = BeyondUsSql.of(handle, SCHEMA);
        if (!beyondUs.isEmpty()) {
            throw new BackupRefused("La base tiene lo que este respaldo no sabe guardar: %s. Usa pg_dump."
                    .formatted(String.join(", ", beyondUs.subList(0, Math.min(10, beyondUs.size())))));
        }
        writer.schema(schema);
        for (Table table : schema.tables()) {
            BackupProgress rows = new BackupProgress(table.name(), progress);
            writer.table(
                    table,
                    sink -> BackupSql.copyOut(handle, SCHEMA, table, row -> {
                        sink.row(row);
                        rows.oneMore();
                    }));
        }
        return new Manifest(
                Manifest.FORMAT,
                version(),
                BackupSql.serverMajor(handle),
                moment.toString(),
                migrations.status(handle).level(),
                BackupSql.migrations(handle),
                writer.parts(),
                writer.tables(),
                BackupSql.sequences(handle, SCHEMA));
    }

    private static String version() {
        return Objects.requireNonNullElse(TakeBackup.class.getPackage().getImplementationVersion(), "sin versión");
    }
}
