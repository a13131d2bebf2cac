package com.electroisla.transfer;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.event.Outbox;
import com.electroisla.transfer.RowReader.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Reads a catalogue file into the shop, all of it or, when asked to, its good lines.
 *
 * <p>Two steps. First the whole file is judged: its lines stream into a temporary table of the session and are
 * compared with one snapshot of the shop, which is read and not locked. Then the changes are written in pieces, each a
 * short transaction (see {@link PieceWriter}), so that a buyer waits for one piece at most. A line is written only if
 * its product is unchanged since the comparison. So a file with a bad line writes nothing, and a load that was
 * interrupted may be repeated. Both steps leave a busy shop most of the time ({@link Rests}).
 *
 * <p>One load at a time: another waits a while for its turn and is then refused.
 */
public final class LoadCatalogue {
    private static final int COPY_CHUNK = 64 * 1024;

    private final Database database;
    private final DatabaseClock clock;
    private final Outbox outbox;

    public LoadCatalogue(Database database, DatabaseClock clock) {
        this(database, clock, Outbox.UNHEARD);
    }

    /** @param outbox takes the event of each product whose total changes */
    public LoadCatalogue(Database database, DatabaseClock clock, Outbox outbox) {
        this.outbox = outbox;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Loads the file, CSV or XLSX.
     *
     * @param partial see {@link LoadOptions}; a line without an id whose name is taken is a bad one
     * @throws IOException when the file cannot be read
     */
    public LoadOutcome run(Path file, boolean partial, TransferProgress progress) throws IOException {
        return run(file, new LoadOptions(partial, SameName.REFUSE), progress, Alongside.NOTHING);
    }

    public LoadOutcome run(Path file, LoadOptions options, TransferProgress progress, Alongside also)
            throws IOException {
        return withTables(handle -> {
            try {
                PieceSql.enter(handle);
            } catch (RuntimeException failure) {
                if (SqlStates.sqlState(failure)
                        .filter(SqlStates.LOCK_NOT_AVAILABLE::equals)
                        .isPresent()) {
                    return new LoadOutcome.Refused(
                            List.of(LineProblem.ofLine(
                                    0, "otra carga del catálogo está en marcha; repite cuando termine")),
                            1);
                }
                throw failure;
            }
            try {
                return also.wasDone(handle)
                        ? new LoadOutcome.DoneBefore()
                        : load(handle, file, options, progress, also);
            } finally {
                quietly(() -> PieceSql.leave(handle));
            }
        });
    }

    private LoadOutcome load(Handle handle, Path file, LoadOptions options, TransferProgress progress, Alongside also)
            throws IOException {
        Rests rests = Rests.of(handle, options.rests());
        Judging judged = judge(handle, file, options, progress, rests, 0);
        if (judged.refused() != null) {
            return judged.refused();
        }
        LoadSql.index(handle);
        rests.rest();
        return new PieceWriter(handle, clock, outbox, judged.counts(), judged.problems(), progress, also)
                .write(judged.leaps(), rests);
    }

    /**
     * A preview of loading this file now. Nothing is written and nothing locked.
     *
     * @param most how many changed products, and how many new ones, are listed one by one
     */
    public LoadPreview preview(Path file, LoadOptions options, int most) throws IOException {
        return withTables(handle -> {
            Rests rests = Rests.of(handle, options.rests());
            Judging judged = judge(handle, file, options, (count, share) -> {}, rests, most);
            LoadOutcome outcome = judged.refused();
            if (outcome == null) {
                LoadSql.Counts counts = judged.counts();
                outcome = new LoadOutcome.Loaded(
                        counts.created(), counts.updated(), counts.unchanged(), List.of(), 0, judged.leaps());
            }
            return new LoadPreview(outcome, judged.leftOut(), judged.changes(), judged.created(), judged.seen());
        });
    }

    private Judging judge(
            Handle handle, Path file, LoadOptions options, TransferProgress progress, Rests rests, int most)
            throws IOException {
        Problems problems = new Problems();
        Judging judging = new Judging(options, problems, rests, most);
        try {
            judging.leavesOut(copy(handle, file, problems, progress, rests));
        } catch (UnreadableFile unreadable) {
            problems.add(unreadable.problem());
            return judging.refuse();
        } catch (SQLException failure) {
            throw new CopyFailed(failure);
        }
        LoadSql.analyze(handle);
        handle.useTransaction(TransactionIsolationLevel.REPEATABLE_READ, judging::against);
        return judging;
    }

    /**
     * Copies the good lines chunk by chunk; between two COPY commands the load may rest.
     *
     * @return the columns that are left out
     */
    private static List<String> copy(
            Handle handle, Path file, Problems problems, TransferProgress progress, Rests rests)
            throws IOException, SQLException {
        CopyText text = new CopyText();
        try (RowReader rows = RowReader.open(file)) {
            LineParser parser = LineParser.of(rows.next());
            long count = 0;
            for (Row row = rows.next(); row != null; row = rows.next()) {
                parser.parse(row, problems::add).ifPresent(text::add);
                if (text.length() > COPY_CHUNK) {
                    LoadSql.copy(handle, text.take());
                    rests.rest();
                }
                progress.at(++count, rows.thousandths());
            }
            LoadSql.copy(handle, text.take());
            rests.rest();
            return parser.leftOut();
        }
    }

    private interface Work<T> {
        T on(Handle handle) throws IOException;
    }

    /** Runs the work and drops its temporary tables before the connection goes back to the pool. */
    private <T> T withTables(Work<T> work) throws IOException {
        return database.read(handle -> {
            LoadSql.createTables(handle);
            try {
                return work.on(handle);
            } finally {
                quietly(() -> LoadSql.dropTables(handle));
            }
        });
    }

    /**
     * Tidies up without an error of its own: a link that broke took the tables and the lock with it, and the caller
     * already gets the first error.
     */
    private static void quietly(Runnable tidying) {
        try {
            tidying.run();
        } catch (RuntimeException gone) {
            if (!SqlStates.isConnectionLost(gone)) {
                throw gone;
            }
        }
    }

    /** The database refused the lines; the cause has the SQLSTATE. */
    private static final class CopyFailed extends RuntimeException {
        CopyFailed(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
