package com.electroisla.transfer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The comparison of a file, whose lines are in the table {@code carga}, with one snapshot of the shop. */
final class Judging {
    private static final String CHANGED = "el producto cambió después de la vista previa";

    private final LoadOptions options;
    private final Problems problems;
    private final Rests rests;
    private final int most;
    private final List<Long> bad = new ArrayList<>();
    private List<String> leftOut = List.of();
    private @Nullable LoadOutcome refused;
    private LoadSql.Counts counts = new LoadSql.Counts(0, 0, 0);
    private PriceLeaps leaps = PriceLeaps.NONE;
    private List<LoadPreview.Change> changes = List.of();
    private List<LoadPreview.New> created = List.of();
    private byte[] seen = new byte[0];

    /** @param most how many changes and new products are listed one by one; 0 when the file is written anyway */
    Judging(LoadOptions options, Problems problems, Rests rests, int most) {
        this.options = options;
        this.problems = problems;
        this.rests = rests;
        this.most = most;
    }

    Judging refuse() {
        refused = new LoadOutcome.Refused(problems.kept(), problems.count());
        return this;
    }

    void leavesOut(List<String> columns) {
        leftOut = columns;
    }

    /** Compares the lines with the shop. The handle is in a transaction that sees one snapshot. */
    void against(Handle handle) {
        LoadSql.readOnly(handle);
        if (options.sameName() == SameName.UPDATE) {
            step(() -> LoadSql.takeIdsByName(handle));
        }
        lookForProblems(handle);
        if (problems.count() > 0 && !options.partial()) {
            refuse();
            return;
        }
        if (!bad.isEmpty()) {
            LoadSql.drop(handle, bad);
        }
        if (options.seen().length > 0 && changedSince(handle)) {
            return;
        }
        step(() -> LoadSql.notePending(handle));
        counts = LoadSql.count(handle);
        step(() -> leaps = LoadSql.leaps(handle, PriceLeaps.MOST_TOLD));
        if (most > 0) {
            changes = LoadSql.changes(handle, leaps, most);
            created = LoadSql.created(handle, most);
            seen = versions(handle);
        }
    }

    private void lookForProblems(Handle handle) {
        Consumer<LineProblem> note = problem -> {
            bad.add(problem.line());
            problems.add(problem);
        };
        step(() -> LoadSql.forEachRepeated(handle, note));
        step(() -> LoadSql.forEachUnknown(handle, note));
        if (options.sameName() != SameName.CREATE) {
            step(() -> LoadSql.forEachTwinLine(handle, note));
            step(() -> LoadSql.forEachTwin(handle, note));
        }
        step(() -> LoadSql.forEachDoubt(handle, note));
        step(() -> LoadSql.forEachBelowPromises(handle, note));
    }

    /** Works, and then leaves a busy shop its time. */
    private void step(Runnable work) {
        work.run();
        rests.rest();
    }

    private boolean changedSince(Handle handle) {
        ByteBuffer before = ByteBuffer.wrap(options.seen());
        Problems changed = new Problems();
        LoadSql.forEachVersion(handle, (line, version) -> {
            if (before.remaining() < Long.BYTES || before.getLong() != version) {
                changed.add(LineProblem.ofLine(line, CHANGED));
            }
        });
        if (changed.count() == 0 && !before.hasRemaining()) {
            return false;
        }
        refused = new LoadOutcome.ChangedSince(changed.kept(), changed.count());
        return true;
    }

    private static byte[] versions(Handle handle) {
        var bytes = new java.io.ByteArrayOutputStream();
        LoadSql.forEachVersion(
                handle,
                (line, version) -> bytes.writeBytes(
                        ByteBuffer.allocate(Long.BYTES).putLong(version).array()));
        return bytes.toByteArray();
    }

    /** The outcome when nothing is to be written; null when the pending lines are. */
    @Nullable
    LoadOutcome refused() {
        return refused;
    }

    Problems problems() {
        return problems;
    }

    LoadSql.Counts counts() {
        return counts;
    }

    PriceLeaps leaps() {
        return leaps;
    }

    List<String> leftOut() {
        return leftOut;
    }

    List<LoadPreview.Change> changes() {
        return changes;
    }

    List<LoadPreview.New> created() {
        return created;
    }

    byte[] seen() {
        return seen;
    }
}
