package com.electroisla.transfer;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.transfer.RowReader.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.postgresql.copy.CopyIn;

/**
 * Reads a catalogue file into the shop, all of it or, when asked to, its good lines.
 *
 * <p>One transaction: the lines stream into a temporary table, then sets of rows are checked, locked in id order and
 * written. Nobody is kept waiting while the file is read; buyers of a product that the file changes wait from the lock to
 * the commit. A deadlock or a lost race makes it read the file again, so the file must be one that can be read twice.
 */
public final class LoadCatalogue {
    private static final int COPY_CHUNK = 64 * 1024;

    private final Database database;
    private final DatabaseClock clock;

    public LoadCatalogue(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Loads the file, CSV or by its extension XLSX.
     *
     * @param partial whether the good lines are to be written when others are bad; a file that is no table is refused anyway
     * @throws IOException when the file cannot be read
     */
    public LoadOutcome run(Path file, boolean partial, TransferProgress progress) throws IOException {
        return run(file, partial, progress, (handle, loaded) -> {});
    }

    /** @param also done in the same transaction once the lines are in, such as an entry in the audit log */
    public LoadOutcome run(Path file, boolean partial, TransferProgress progress, BiConsumer<Handle, LoadOutcome.Loaded> also) throws IOException {
        return database.inTransaction(handle -> {
            LoadOutcome outcome = load(handle, file, partial, progress);
            switch (outcome) {
                case LoadOutcome.Refused refused -> handle.rollback();
                case LoadOutcome.Loaded loaded -> also.accept(handle, loaded);
            }
            return outcome;
        });
    }

    /**
     * What a load of this file would do: it is done and taken back.
     *
     * @param most of the changed products that are told one by one
     */
    public LoadPreview preview(Path file, int most) throws IOException {
        return database.inTransaction(handle -> {
            List<LoadPreview.Change> changes = new ArrayList<>();
            LoadOutcome outcome = load(handle, file, false, (count, share) -> {}, () -> changes.addAll(TransferSql.changes(handle, most)));
            handle.rollback();
            return new LoadPreview(outcome, changes);
        });
    }

    private LoadOutcome load(Handle handle, Path file, boolean partial, TransferProgress progress) throws IOException {
        return load(handle, file, partial, progress, () -> {});
    }

    /** @param beforeWriting run once it is known what changes */
    private LoadOutcome load(Handle handle, Path file, boolean partial, TransferProgress progress, Runnable beforeWriting) throws IOException {
        Problems problems = new Problems();
        TransferSql.createTables(handle);
        try {
            copy(handle, file, problems, progress);
        } catch (UnreadableFile unreadable) {
            problems.add(unreadable.problem());
            return refused(problems);
        } catch (SQLException failure) {
            throw new CopyFailed(failure);
        }
        TransferSql.analyze(handle);
        TransferSql.forEachRepeated(handle, problems::add);
        TransferSql.forEachUnknown(handle, problems::add);
        if (problems.count() > 0 && !partial) {
            return refused(problems);
        }
        TransferSql.dropUnusable(handle);

        TransferSql.lockChanging(handle);
        long before = problems.count();
        TransferSql.forEachBelowPromises(handle, problems::add);
        long belowPromises = problems.count() - before;
        if (belowPromises > 0 && !partial) {
            return refused(problems);
        }
        TransferSql.dropBelowPromises(handle);
        beforeWriting.run();
        return write(handle, belowPromises, problems);
    }

    private LoadOutcome write(Handle handle, long leftOut, Problems problems) {
        Instant now = clock.now(handle);
        TransferSql.moveTotals(handle, now);
        long updated = TransferSql.update(handle, now);
        long created = TransferSql.insert(handle, now);
        long unchanged = TransferSql.countLines(handle) - created - updated - leftOut;
        return new LoadOutcome.Loaded(created, updated, unchanged, problems.kept(), problems.count());
    }

    private static void copy(Handle handle, Path file, Problems problems, TransferProgress progress) throws IOException, SQLException {
        CopyText text = new CopyText();
        try (RowReader rows = RowReader.open(file)) {
            LineParser parser = LineParser.of(rows.next());
            CopyIn copy = TransferSql.copyIn(handle);
            try {
                long count = 0;
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    parser.parse(row, problems::add).ifPresent(text::add);
                    if (text.length() > COPY_CHUNK) {
                        send(copy, text);
                    }
                    progress.at(++count, rows.thousandths());
                }
                send(copy, text);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        }
    }

    private static void send(CopyIn copy, CopyText text) throws SQLException {
        byte[] bytes = text.take();
        copy.writeToCopy(bytes, 0, bytes.length);
    }

    private static LoadOutcome refused(Problems problems) {
        return new LoadOutcome.Refused(problems.kept(), problems.count());
    }

    /** The database did not take the lines; its SQLSTATE is the cause's. */
    private static final class CopyFailed extends RuntimeException {
        CopyFailed(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
