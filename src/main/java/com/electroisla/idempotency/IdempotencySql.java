package com.electroisla.idempotency;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The statements on {@code idempotencia}. */
final class IdempotencySql {
    private IdempotencySql() {}

    static KeptAnswers find(Handle handle, IdempotencyKey.Id key) {
        var kept = new KeptAnswers(List.of(key));
        var script = new Script();
        kept.find(script);
        script.run(handle);
        return kept;
    }

    /** @param reader of the rows; {@code n} is the number of the key, from 1 */
    static void find(Script script, List<IdempotencyKey.Id> keys, Script.RowReader reader) {
        script.add("""
                        SELECT v.n, encode(i.huella, 'hex') AS huella, i.estado, i.cuerpo, i.created_at
                          FROM unnest(:keyUsers, :keyMethods, :keyPaths, :keys)
                               WITH ORDINALITY AS v(usuario, metodo, ruta, clave, n)
                          JOIN idempotencia i ON i.usuario_id = v.usuario AND i.metodo = v.metodo
                                             AND i.ruta = v.ruta AND i.clave = v.clave
                        """, reader)
                .bind("keyUsers", Column.ints(keys, IdempotencyKey.Id::userId))
                .bind("keyMethods", Column.strings(keys, IdempotencyKey.Id::method))
                .bind("keyPaths", Column.strings(keys, IdempotencyKey.Id::path))
                .bind("keys", Column.strings(keys, IdempotencyKey.Id::key));
    }

    /** Serialises the transactions of one key; the lock ends with the transaction. */
    static void lock(Handle handle, IdempotencyKey.Id key) {
        handle.createQuery("SELECT true FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", String.join(" ", Integer.toString(key.userId()), key.method(), key.path(), key.key()))
                .mapTo(Boolean.class)
                .one();
    }

    /** Writes one answer. */
    static void save(Handle handle, IdempotencyKey key, KeptAnswer answer, Instant now) {
        var updates = new Script();
        save(updates, List.of(Map.entry(key, answer)), now);
        updates.run(handle);
    }

    /** Writes the answers over older ones to the same keys. */
    static void save(Script updates, List<Map.Entry<IdempotencyKey, KeptAnswer>> answers, Instant now) {
        updates.add("""
                        INSERT INTO idempotencia (usuario_id, metodo, ruta, clave, huella, estado, cuerpo, created_at)
                        SELECT usuario, metodo, ruta, clave, decode(huella, 'hex'), estado, convert_to(cuerpo, 'UTF8'),
                               :now
                          FROM unnest(:keyUsers, :keyMethods, :keyPaths, :keys, :keyPrints, :answerStatuses,
                            :answerBodies)
                            AS v(usuario, metodo, ruta, clave, huella, estado, cuerpo)
                        ON CONFLICT (usuario_id, metodo, ruta, clave) DO UPDATE
                           SET huella = excluded.huella, estado = excluded.estado, cuerpo = excluded.cuerpo,
                               created_at = excluded.created_at
                        """)
                .bind("now", Rows.timestamp(now))
                .bind(
                        "keyUsers",
                        Column.ints(answers, entry -> entry.getKey().id().userId()))
                .bind(
                        "keyMethods",
                        Column.strings(answers, entry -> entry.getKey().id().method()))
                .bind(
                        "keyPaths",
                        Column.strings(answers, entry -> entry.getKey().id().path()))
                .bind(
                        "keys",
                        Column.strings(answers, entry -> entry.getKey().id().key()))
                .bind(
                        "keyPrints",
                        Column.strings(answers, entry -> entry.getKey().fingerprint()))
                .bind(
                        "answerStatuses",
                        Column.ints(answers, entry -> entry.getValue().status()))
                .bind(
                        "answerBodies",
                        Column.strings(
                                answers, entry -> new String(entry.getValue().body(), StandardCharsets.UTF_8)));
    }

    static Set<Integer> lockedUsers(Handle handle, Collection<Integer> users) {
        return handle.createQuery("""
                        WITH libres AS MATERIALIZED (
                            SELECT ctid FROM idempotencia WHERE usuario_id = ANY(:users) FOR NO KEY UPDATE SKIP LOCKED)
                        SELECT DISTINCT usuario_id FROM idempotencia
                        WHERE usuario_id = ANY(:users) AND ctid <> ALL(ARRAY(SELECT ctid FROM libres))
                        """)
                .bind("users", Column.ints(users))
                .mapTo(Integer.class)
                .set();
    }

    /** Deletes up to {@code most} records that are not younger than {@code oldest}; returns how many. */
    static int delete(Handle handle, Instant oldest, int most) {
        return handle.createUpdate("""
                        DELETE FROM idempotencia WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM idempotencia WHERE created_at <= :oldest ORDER BY created_at LIMIT :most
                                   FOR UPDATE SKIP LOCKED))
                           AND created_at <= :oldest
                        """)
                .bind("oldest", Rows.timestamp(oldest))
                .bind("most", most)
                .execute();
    }
}
