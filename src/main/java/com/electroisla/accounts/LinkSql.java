package com.electroisla.accounts;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Every statement on {@code enlaces_cuenta}. A row keeps the hash of what its link opens with, and never that. */
final class LinkSql {
    private static final RowMapper<Link> LINK = (row, context) -> new Link(
            row.getLong("id"),
            row.getObject("usuario_id", Integer.class),
            row.getString("email"),
            row.getString("rol"),
            row.getInt("creado_por"),
            Rows.instant(row, "created_at"),
            Rows.instant(row, "enviado_at"),
            Rows.instant(row, "vence"),
            row.getInt("envios"),
            row.getString("fin") != null);

    private LinkSql() {}

    /** The uses of links. */
    enum Purpose {
        INVITATION("invitacion"),
        PASSWORD("clave"),
        EMAIL("correo");

        final String word;

        Purpose(String word) {
            this.word = word;
        }
    }

    /** The ways in which a link ends before its time. */
    enum End {
        USED("usado"),
        REVOKED("revocado"),
        /** Another link took its place. */
        REPLACED("reemplazado");

        private final String word;

        End(String word) {
            this.word = word;
        }
    }

    /**
     * @param userId whose link it is; null for an invitation
     * @param email where it was sent
     * @param role of an invitation; null for the others
     * @param by who had it sent
     * @param ended used, revoked or replaced
     */
    record Link(
            long id,
            @Nullable Integer userId,
            String email,
            @Nullable String role,
            int by,
            Instant createdAt,
            Instant sentAt,
            Instant until,
            int sendings,
            boolean ended) {
        boolean isGood(Instant now) {
            return !ended && now.isBefore(until);
        }
    }

    static long insert(
            Handle handle,
            Purpose purpose,
            byte[] hash,
            @Nullable Integer userId,
            String email,
            @Nullable String role,
            int by,
            Instant now,
            Instant until) {
        return handle.createQuery("""
                        INSERT INTO enlaces_cuenta (proposito, huella, usuario_id, email, rol, creado_por, created_at,
                                                    enviado_at, vence, envios)
                        VALUES (:purpose, :hash, :userId, :email, :role, :by, :now, :now, :until, 1)
                        RETURNING id
                        """)
                .bind("purpose", purpose.word)
                .bind("hash", hash)
                .bind("userId", userId)
                .bind("email", email)
                .bind("role", role)
                .bind("by", by)
                .bind("now", Rows.timestamp(now))
                .bind("until", Rows.timestamp(until))
                .mapTo(Long.class)
                .one();
    }

    /** The link that opens with this, whether or not it is still good. */
    static Optional<Link> find(Handle handle, Purpose purpose, byte[] hash) {
        return handle.createQuery("""
                        SELECT id, usuario_id, email, rol, creado_por, created_at, enviado_at, vence, envios, fin
                          FROM enlaces_cuenta WHERE huella = :hash AND proposito = :purpose
                        """)
                .bind("hash", hash)
                .bind("purpose", purpose.word)
                .map(LINK)
                .findOne();
    }

    /** The same, locked against any other use of it. */
    static Optional<Link> lock(Handle handle, Purpose purpose, byte[] hash) {
        return handle.createQuery("""
                        SELECT id, usuario_id, email, rol, creado_por, created_at, enviado_at, vence, envios, fin
                          FROM enlaces_cuenta WHERE huella = :hash AND proposito = :purpose FOR NO KEY UPDATE
                        """)
                .bind("hash", hash)
                .bind("purpose", purpose.word)
                .map(LINK)
                .findOne();
    }

    static Optional<Link> lock(Handle handle, Purpose purpose, long id) {
        return handle.createQuery("""
                        SELECT id, usuario_id, email, rol, creado_por, created_at, enviado_at, vence, envios, fin
                          FROM enlaces_cuenta WHERE id = :id AND proposito = :purpose FOR NO KEY UPDATE
                        """)
                .bind("id", id)
                .bind("purpose", purpose.word)
                .map(LINK)
                .findOne();
    }

    /** An invitation that waits, with the name of the admin who sent it. */
    record Waiting(Link link, String by) {}

    static List<Waiting> waitingInvitations(Handle handle, Instant since, int most) {
        return handle.createQuery("""
                        SELECT e.id, e.usuario_id, e.email, e.rol, e.creado_por, e.created_at, e.enviado_at, e.vence,
                               e.envios, e.fin, COALESCE(u.username, '') AS quien
                          FROM enlaces_cuenta e LEFT JOIN auth_user u ON u.id = e.creado_por
                         WHERE e.proposito = 'invitacion' AND e.fin IS NULL AND e.created_at > :since
                         ORDER BY e.id DESC LIMIT :most
                        """)
                .bind("since", Rows.timestamp(since))
                .bind("most", most)
                .map((row, context) -> new Waiting(LINK.map(row, context), row.getString("quien")))
                .list();
    }

    /** Gives a locked link another secret and a new time; the one before opens nothing. */
    static void renew(Handle handle, long id, byte[] hash, int by, Instant now, Instant until) {
        handle.createUpdate("""
                        UPDATE enlaces_cuenta SET huella = :hash, creado_por = :by, enviado_at = :now, vence = :until,
                               envios = envios + 1
                         WHERE id = :id
                        """)
                .bind("hash", hash)
                .bind("by", by)
                .bind("now", Rows.timestamp(now))
                .bind("until", Rows.timestamp(until))
                .bind("id", id)
                .execute();
    }

    static void end(Handle handle, long id, End end, Instant now) {
        handle.createUpdate("UPDATE enlaces_cuenta SET fin = :end, fin_at = :now WHERE id = :id AND fin IS NULL")
                .bind("end", end.word)
                .bind("now", Rows.timestamp(now))
                .bind("id", id)
                .execute();
    }

    /** Ends the invitations to this address, and returns which. */
    static List<Long> endInvitationsTo(Handle handle, String email, Instant now) {
        return handle.createQuery("""
                        UPDATE enlaces_cuenta SET fin = 'reemplazado', fin_at = :now
                         WHERE proposito = 'invitacion' AND lower(email) = lower(:email) AND fin IS NULL
                        RETURNING id
                        """)
                .bind("email", email)
                .bind("now", Rows.timestamp(now))
                .mapTo(Long.class)
                .list();
    }

    /** Ends the links of a user for one purpose. */
    static void endOf(Handle handle, Purpose purpose, int userId, Instant now) {
        handle.createUpdate("""
                        UPDATE enlaces_cuenta SET fin = 'reemplazado', fin_at = :now
                         WHERE usuario_id = :userId AND proposito = :purpose AND fin IS NULL
                        """)
                .bind("userId", userId)
                .bind("purpose", purpose.word)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static void deleteOf(Handle handle, int userId) {
        handle.createUpdate("DELETE FROM enlaces_cuenta WHERE usuario_id = :userId")
                .bind("userId", userId)
                .execute();
    }

    static int deleteBefore(Handle handle, Instant instant, int most) {
        return handle.createUpdate("""
                        DELETE FROM enlaces_cuenta WHERE id = ANY(ARRAY(
                            SELECT id FROM enlaces_cuenta WHERE vence < :instant
                             ORDER BY vence LIMIT :most FOR UPDATE SKIP LOCKED))
                        """)
                .bind("instant", Rows.timestamp(instant))
                .bind("most", most)
                .execute();
    }
}
