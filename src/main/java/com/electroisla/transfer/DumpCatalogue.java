package com.electroisla.transfer;

import com.electroisla.database.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes the whole catalogue as a file, products off sale included, from one snapshot of the database. */
public final class DumpCatalogue {
    private static final int WHOLE = 1_000;

    private final Database database;

    public DumpCatalogue(Database database) {
        this.database = database;
    }

    /**
     * Writes a file, XLSX by its extension or else CSV. The file gets its name when it is complete; an older file of
     * that name stays until then.
     *
     * @param withIds true for a file that changes these products, false for one that makes new ones
     * @return how many products there are in it
     */
    public long toFile(Path file, boolean withIds, TransferProgress progress) throws IOException {
        Path whole = file.toAbsolutePath();
        Path unfinished = whole.resolveSibling(
                "." + whole.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            long count;
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                OutputStream out = Channels.newOutputStream(channel);
                count = write(RowReader.isXlsx(file) ? new XlsxWriter(out) : new CsvWriter(out), withIds, progress);
                channel.force(true);
            }
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            return count;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Writes the catalogue as CSV to the stream, which stays open. */
    public long toStream(OutputStream out, boolean withIds, TransferProgress progress) throws IOException {
        return write(new CsvWriter(out), withIds, progress);
    }

    /** Writes these products only, as CSV with their ids, to the stream, which stays open. */
    public long toStream(OutputStream out, Set<Long> products) throws IOException {
        return write(new CsvWriter(out), true, (count, share) -> {}, products);
    }

    private long write(RowWriter target, boolean withIds, TransferProgress progress) throws IOException {
        return write(target, withIds, progress, null);
    }

    private long write(RowWriter target, boolean withIds, TransferProgress progress, @Nullable Set<Long> which)
            throws IOException {
        Dump dump = new Dump(target, withIds, progress, which);
        try (target) {
            return database.inTransaction(dump::run);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** One pass over the products. */
    private static final class Dump {
        private final RowWriter target;
        private final boolean withIds;
        private final TransferProgress progress;
        private final @Nullable Set<Long> which;
        private boolean begun;
        private long expected;
        private long count;

        Dump(RowWriter target, boolean withIds, TransferProgress progress, @Nullable Set<Long> which) {
            this.target = target;
            this.withIds = withIds;
            this.progress = progress;
            this.which = which;
        }

        long run(Handle handle) throws IOException {
            if (begun) {
                throw new IllegalStateException("what is written cannot be taken back, so a dump is not tried again");
            }
            begun = true;
            expected = DumpSql.countProducts(handle);
            target.write(CatalogueRow.headers(withIds));
            DumpSql.forEachProduct(handle, which, withIds, this::add);
            return count;
        }

        private void add(List<String> cells) {
            try {
                target.write(cells);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            progress.at(++count, (int) Math.min(WHOLE, count * WHOLE / Math.max(1, expected)));
        }
    }
}
