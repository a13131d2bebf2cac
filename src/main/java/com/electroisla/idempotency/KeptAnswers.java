package com.electroisla.idempotency;

import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answers to some keys: the statement that finds them, to be sent together with others, and its rows. */
public final class KeptAnswers {
    private final List<IdempotencyKey.Id> keys;
    private final Map<IdempotencyKey.Id, Row> found = new HashMap<>();

    private record Row(FirstAnswer kept, Instant createdAt) {}

    public KeptAnswers(Collection<IdempotencyKey.Id> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Adds the question for them, where there is a key to look for. */
    public void find(Script script) {
        if (!keys.isEmpty()) {
            IdempotencySql.find(script, keys, this::read);
        }
    }

    private void read(ResultSet row) throws SQLException {
        var kept =
                new FirstAnswer(row.getString("huella"), new KeptAnswer(row.getInt("estado"), row.getBytes("cuerpo")));
        found.put(keys.get(row.getInt("n") - 1), new Row(kept, Rows.instant(row, "created_at")));
    }

    /** The answer to the key, of any age. */
    Optional<FirstAnswer> whenever(IdempotencyKey.Id key) {
        return Optional.ofNullable(found.get(key)).map(Row::kept);
    }

    /** The answers that are still in force; a new map. */
    public Map<IdempotencyKey.Id, FirstAnswer> at(Instant now) {
        Map<IdempotencyKey.Id, FirstAnswer> inForce = new HashMap<>();
        found.forEach((key, row) -> {
            if (row.createdAt.isAfter(now.minus(IdempotencyRecords.KEPT_FOR))) {
                inForce.put(key, row.kept);
            }
        });
        return inForce;
    }
}
