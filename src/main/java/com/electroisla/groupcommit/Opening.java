package com.electroisla.groupcommit;

import com.electroisla.database.Column;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Results;
import com.electroisla.database.Results.RowReader;
import com.electroisla.idempotency.KeptAnswers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What every batch begins with: lock the users' carts in id order, leave the mark by which the batch is found again if its COMMIT
 * breaks, have the old shop's deferred foreign keys checked by each statement, so that a culprit is known before COMMIT, and
 * look for answers that were kept. The decider sends it together with its own first statements.
 */
public final class Opening {
    private static final String BEGIN = GroupCommitSql.LOCK_CARTS + """
            ;
            INSERT INTO lotes_confirmados (id) VALUES (:batch);
            SET CONSTRAINTS ALL IMMEDIATE;
            """;

    private final Collection<Integer> users;
    private final UUID batch;
    private final KeptAnswers kept;
    private final Map<Integer, LockedCart> carts = new HashMap<>();
    private @Nullable Instant databaseTime;

    Opening(Collection<Integer> users, UUID batch, KeptAnswers kept) {
        this.users = users;
        this.batch = batch;
        this.kept = kept;
    }

    /** By user, locked. A user without an entry has no cart; one who still has none after carts were made does not exist. */
    public Map<Integer, LockedCart> carts() {
        return carts;
    }

    /** The database's clock, read after all else that was sent with the opening, and so after its locks. */
    public Instant databaseTime() {
        return Objects.requireNonNull(databaseTime);
    }

    /**
     * Sends the opening, the statements behind it and the question for the time, in one trip to the database.
     *
     * @param statements with semicolons between them; may name {@code :users}, whose requests these are
     * @param readers of the statements' rows
     */
    public void run(Handle handle, String statements, UnaryOperator<Query> bind, RowReader... readers) {
        List<RowReader> all = new ArrayList<>();
        all.add(row -> GroupCommitSql.addCart(carts, row));
        Query query = handle.createQuery(BEGIN + (kept.isEmpty() ? "" : KeptAnswers.FIND + ";\n") + statements + ";\n" + DatabaseClock.DATABASE_TIME)
                .bind("users", Column.ints(users))
                .bind("batch", batch);
        if (!kept.isEmpty()) {
            kept.bind(query);
            all.add(kept::read);
        }
        all.addAll(List.of(readers));
        all.add(row -> databaseTime = row.getObject(1, OffsetDateTime.class).toInstant());
        bind.apply(query).execute(Results.of(all.toArray(RowReader[]::new)));
    }
}
