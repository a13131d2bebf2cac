package com.electroisla.idempotency;

import com.electroisla.database.Rows;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Reads and writes the kept answers. The caller holds the users' cart locks from before the first call until its commit.
 */
public final class IdempotencyRecords {
    public static final Duration KEPT_FOR = Duration.ofHours(24);

    private static final Set<Integer> KEPT_REFUSALS = Set.of(400, 404, 409);

    private IdempotencyRecords() {}

    /** Whether an answer is kept: what was done, and the domain's own refusals; never 401, 429 or a fault. */
    public static boolean isKept(Answer answer) {
        return answer.status() / 100 == 2 || KEPT_REFUSALS.contains(answer.status());
    }

    /** The answer to a repeat, if the key was used within the last day: the first answer, or 422 for another body. */
    public static Optional<Answer> find(Handle handle, IdempotencyKey key, Language language, Instant now) {
        return Optional.ofNullable(findAll(handle, List.of(key), now).get(key)).map(kept -> kept.answerTo(key, language));
    }

    /** The kept answers of many keys at once; keys that are new have no entry. */
    public static Map<IdempotencyKey, Kept> findAll(Handle handle, Collection<IdempotencyKey> keys, Instant now) {
        Map<IdempotencyKey, Kept> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        List<IdempotencyKey> asked = List.copyOf(keys);
        handle.createQuery("""
                        SELECT v.n, encode(i.huella, 'hex') AS huella, i.estado, i.cuerpo
                          FROM unnest(:users, :methods, :paths, :keys) WITH ORDINALITY AS v(usuario, metodo, ruta, clave, n)
                          JOIN idempotencia i ON i.usuario_id = v.usuario AND i.metodo = v.metodo AND i.ruta = v.ruta AND i.clave = v.clave
                         WHERE i.created_at > :oldest
                        """)
                .bindArray("users", Integer.class, array(asked, IdempotencyKey::userId))
                .bindArray("methods", String.class, array(asked, IdempotencyKey::method))
                .bindArray("paths", String.class, array(asked, IdempotencyKey::path))
                .bindArray("keys", String.class, array(asked, IdempotencyKey::key))
                .bind("oldest", Rows.timestamp(now.minus(KEPT_FOR)))
                .map((row, context) -> found.put(asked.get(row.getInt("n") - 1),
                        new Kept(row.getString("huella"), new Answer(row.getInt("estado"), row.getBytes("cuerpo"), Map.of()))))
                .list();
        return found;
    }

    /** Keeps the answers, in the transaction of the changes that they answer; a record of more than a day ago is replaced. */
    public static void saveAll(Handle handle, Map<IdempotencyKey, Answer> answers, Instant now) {
        List<Map.Entry<IdempotencyKey, Answer>> kept = answers.entrySet().stream().filter(entry -> isKept(entry.getValue())).toList();
        if (kept.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO idempotencia (usuario_id, metodo, ruta, clave, huella, estado, cuerpo, created_at)
                        SELECT usuario, metodo, ruta, clave, decode(huella, 'hex'), estado, convert_to(cuerpo, 'UTF8'), :now
                          FROM unnest(:users, :methods, :paths, :keys, :prints, :statuses, :bodies)
                            AS v(usuario, metodo, ruta, clave, huella, estado, cuerpo)
                        ON CONFLICT (usuario_id, metodo, ruta, clave) DO UPDATE
                           SET huella = excluded.huella, estado = excluded.estado, cuerpo = excluded.cuerpo, created_at = excluded.created_at
                        """)
                .bind("now", Rows.timestamp(now))
                .bindArray("users", Integer.class, array(kept, entry -> entry.getKey().userId()))
                .bindArray("methods", String.class, array(kept, entry -> entry.getKey().method()))
                .bindArray("paths", String.class, array(kept, entry -> entry.getKey().path()))
                .bindArray("keys", String.class, array(kept, entry -> entry.getKey().key()))
                .bindArray("prints", String.class, array(kept, entry -> entry.getKey().fingerprint()))
                .bindArray("statuses", Integer.class, array(kept, entry -> entry.getValue().status()))
                .bindArray("bodies", String.class, array(kept, entry -> new String(entry.getValue().body(), java.nio.charset.StandardCharsets.UTF_8)))
                .execute();
    }

    /** Deletes up to {@code most} records older than a day; answers how many. */
    public static int deleteOld(Handle handle, Instant now, int most) {
        return handle.createUpdate("""
                        DELETE FROM idempotencia WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM idempotencia WHERE created_at <= :oldest ORDER BY created_at LIMIT :most))
                        """)
                .bind("oldest", Rows.timestamp(now.minus(KEPT_FOR)))
                .bind("most", most)
                .execute();
    }

    private static <T> Object[] array(List<T> rows, Function<T, Object> value) {
        return rows.stream().map(value).toArray();
    }

    /** An answer that was given before, and to which body. */
    public record Kept(String fingerprint, Answer answer) {
        public Answer answerTo(IdempotencyKey key, Language language) {
            return fingerprint.equals(key.fingerprint()) ? answer : Problem.of(ErrorCode.IDEMPOTENCY_KEY_REUSED).answer(language);
        }
    }
}
