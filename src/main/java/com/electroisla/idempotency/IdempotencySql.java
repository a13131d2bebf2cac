package com.electroisla.idempotency;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.http.Answer;
import com.electroisla.idempotency.IdempotencyRecords.Kept;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The statements on {@code idempotencia}. */
final class IdempotencySql {
    private IdempotencySql() {}

    /** The records of these keys that are younger than {@code oldest}. */
    static Map<IdempotencyKey.Id, Kept> find(Handle handle, List<IdempotencyKey.Id> keys, Instant oldest) {
        Map<IdempotencyKey.Id, Kept> found = new HashMap<>();
        handle.createQuery("""
                        SELECT v.n, encode(i.huella, 'hex') AS huella, i.estado, i.cuerpo
                          FROM unnest(:users, :methods, :paths, :keys) WITH ORDINALITY AS v(usuario, metodo, ruta, clave, n)
                          JOIN idempotencia i ON i.usuario_id = v.usuario AND i.metodo = v.metodo AND i.ruta = v.ruta AND i.clave = v.clave
                         WHERE i.created_at > :oldest
                        """)
                .bind("users", Column.ints(keys, IdempotencyKey.Id::userId))
                .bind("methods", Column.strings(keys, IdempotencyKey.Id::method))
                .bind("paths", Column.strings(keys, IdempotencyKey.Id::path))
                .bind("keys", Column.strings(keys, IdempotencyKey.Id::key))
                .bind("oldest", Rows.timestamp(oldest))
                .map((row, context) -> found.put(keys.get(row.getInt("n") - 1),
                        new Kept(row.getString("huella"), new Answer(row.getInt("estado"), row.getBytes("cuerpo"), Map.of()))))
                .list();
        return found;
    }

    /** Writes the answers over older ones to the same keys. */
    static void save(Handle handle, List<Map.Entry<IdempotencyKey, Answer>> answers, Instant now) {
        handle.createUpdate("""
                        INSERT INTO idempotencia (usuario_id, metodo, ruta, clave, huella, estado, cuerpo, created_at)
                        SELECT usuario, metodo, ruta, clave, decode(huella, 'hex'), estado, convert_to(cuerpo, 'UTF8'), :now
                          FROM unnest(:users, :methods, :paths, :keys, :prints, :statuses, :bodies)
                            AS v(usuario, metodo, ruta, clave, huella, estado, cuerpo)
                        ON CONFLICT (usuario_id, metodo, ruta, clave) DO UPDATE
                           SET huella = excluded.huella, estado = excluded.estado, cuerpo = excluded.cuerpo, created_at = excluded.created_at
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("users", Column.ints(answers, entry -> entry.getKey().id().userId()))
                .bind("methods", Column.strings(answers, entry -> entry.getKey().id().method()))
                .bind("paths", Column.strings(answers, entry -> entry.getKey().id().path()))
                .bind("keys", Column.strings(answers, entry -> entry.getKey().id().key()))
                .bind("prints", Column.strings(answers, entry -> entry.getKey().fingerprint()))
                .bind("statuses", Column.ints(answers, entry -> entry.getValue().status()))
                .bind("bodies", Column.strings(answers, entry -> new String(entry.getValue().body(), StandardCharsets.UTF_8)))
                .execute();
    }

    /** Deletes up to {@code most} records that are not younger than {@code oldest}; answers how many. */
    static int delete(Handle handle, Instant oldest, int most) {
        return handle.createUpdate("""
                        DELETE FROM idempotencia WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM idempotencia WHERE created_at <= :oldest ORDER BY created_at LIMIT :most))
                           AND created_at <= :oldest
                        """)
                .bind("oldest", Rows.timestamp(oldest))
                .bind("most", most)
                .execute();
    }
}
