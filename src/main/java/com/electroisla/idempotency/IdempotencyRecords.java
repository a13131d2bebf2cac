package com.electroisla.idempotency;

import com.electroisla.database.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The kept answers by key. The caller holds the users' cart locks from before the first call until its commit. */
public final class IdempotencyRecords {
    public static final Duration KEPT_FOR = Duration.ofHours(24);

    private IdempotencyRecords() {}

    /** The first answer under this key, if it was used within the last day. */
    public static Optional<FirstAnswer> find(Handle handle, IdempotencyKey key, Instant now) {
        return Optional.ofNullable(IdempotencySql.find(handle, key.id()).at(now).get(key.id()));
    }

    /** Keeps the answers, in the transaction of their changes; a record older than a day is replaced. */
    public static void saveAll(Script updates, Map<IdempotencyKey, KeptAnswer> answers, Instant now) {
        if (!answers.isEmpty()) {
            IdempotencySql.save(updates, List.copyOf(answers.entrySet()), now);
        }
    }

    /** The users with a locked record, which could not be replaced; waits for none. */
    public static Set<Integer> lockedUsers(Handle handle, Collection<Integer> users) {
        return IdempotencySql.lockedUsers(handle, users);
    }

    /** Deletes up to {@code most} records older than a day; returns how many. */
    public static int deleteOld(Handle handle, Instant now, int most) {
        return IdempotencySql.delete(handle, now.minus(KEPT_FOR), most);
    }
}
