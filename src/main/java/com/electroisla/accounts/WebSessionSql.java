package com.electroisla.accounts;

import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code sesiones_web}; the account's state is read with it. */
final class WebSessionSql {
    record Found(Visitor visitor, Instant lastUse) {}

    private WebSessionSql() {}

    static void insert(Handle handle, byte[] hash, int userId, Client client, Instant now, Instant end) {
        handle.createUpdate("""
                        INSERT INTO sesiones_web (huella, usuario_id, created_at, ultimo_uso, expires_at, ip_address,
                            user_agent)
                        VALUES (:hash, :userId, :now, :now, :end, CAST(:address AS inet), :userAgent)
                        """)
                .bind("hash", hash)
                .bind("userId", userId)
                .bind("now", utc(now))
                .bind("end", utc(end))
                .bind("address", client.addressText())
                .bind("userAgent", client.storedUserAgent())
                .execute();
    }

    /** The living session of an active account. */
    static Optional<Found> find(Handle handle, byte[] hash, Instant now, Instant usedSince) {
        return handle.createQuery("""
                        SELECT s.id, s.ultimo_uso, u.id AS usuario_id, u.username,
                               u.is_superuser OR u.is_staff AS privilegiado, p.rol,
                               EXISTS (SELECT FROM ajustes_cuentas
                                        WHERE nombre = 'exigir_segundo_factor' AND valor = 'si')
                                   AND NOT EXISTS (SELECT FROM segundos_factores f WHERE f.usuario_id = u.id) AS falta
                        FROM sesiones_web s
                        JOIN auth_user u ON u.id = s.usuario_id
                        LEFT JOIN user_profiles p ON p.user_id = u.id
                        WHERE s.huella = :hash AND s.expires_at > :now AND s.ultimo_uso > :usedSince AND u.is_active
                        """)
                .bind("hash", hash)
                .bind("now", utc(now))
                .bind("usedSince", utc(usedSince))
                .map((row, context) -> new Found(
                        visitor(row),
                        row.getObject("ultimo_uso", OffsetDateTime.class).toInstant()))
                .findOne();
    }

    private static Visitor visitor(ResultSet row) throws SQLException {
        Role role = Role.of(row.getBoolean("privilegiado"), row.getString("rol"));
        return new Visitor(
                row.getLong("id"),
                row.getInt("usuario_id"),
                row.getString("username"),
                role,
                role != Role.CLIENTE && row.getBoolean("falta"));
    }

    static void noteUse(Handle handle, long id, Instant now) {
        handle.createUpdate("UPDATE sesiones_web SET ultimo_uso = :now WHERE id = :id AND ultimo_uso < :now")
                .bind("id", id)
                .bind("now", utc(now))
                .execute();
    }

    static boolean end(Handle handle, long id) {
        return handle.createUpdate("DELETE FROM sesiones_web WHERE id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** The user's sessions that can still be used, the one used last first. */
    static List<OpenSession> of(Handle handle, int userId, long current, Instant now, Instant usedSince, int most) {
        return handle.createQuery("""
                        SELECT id, created_at, ultimo_uso, host(ip_address) AS ip, user_agent FROM sesiones_web
                         WHERE usuario_id = :userId AND expires_at > :now AND ultimo_uso > :usedSince
                         ORDER BY ultimo_uso DESC, id DESC LIMIT :most
                        """)
                .bind("userId", userId)
                .bind("now", utc(now))
                .bind("usedSince", utc(usedSince))
                .bind("most", most)
                .map((row, context) -> new OpenSession(
                        OpenSession.Kind.BROWSER,
                        Long.toString(row.getLong("id")),
                        row.getLong("id") == current,
                        Objects.requireNonNullElse(row.getString("user_agent"), ""),
                        row.getString("ip"),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "ultimo_uso")))
                .list();
    }

    /** Ends one session of this user. */
    static boolean endOf(Handle handle, int userId, long id) {
        return handle.createUpdate("DELETE FROM sesiones_web WHERE id = :id AND usuario_id = :userId")
                        .bind("id", id)
                        .bind("userId", userId)
                        .execute()
                == 1;
    }

    /** Ends every session of the user but this one. */
    static int endOthersOf(Handle handle, int userId, long kept) {
        return handle.createUpdate("DELETE FROM sesiones_web WHERE usuario_id = :userId AND id <> :kept")
                .bind("userId", userId)
                .bind("kept", kept)
                .execute();
    }

    static int endAllOf(Handle handle, int userId) {
        return handle.createUpdate("DELETE FROM sesiones_web WHERE usuario_id = :userId")
                .bind("userId", userId)
                .execute();
    }

    /**
     * Deletes sessions by their latest end alone, which never changes: an index on the last use would be written with
     * every page. Idle sessions are deleted days later.
     */
    static int deleteEnded(Handle handle, Instant now, int most) {
        return handle.createUpdate("""
                        DELETE FROM sesiones_web WHERE id = ANY(ARRAY(
                            SELECT id FROM sesiones_web WHERE expires_at <= :now
                            ORDER BY expires_at LIMIT :most FOR UPDATE SKIP LOCKED))
                        """).bind("now", utc(now)).bind("most", most).execute();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
