package com.electroisla.accounts;

import com.electroisla.accounts.MailCodes.Kept;
import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Every statement on {@code codigos_correo}. */
final class CodeSql {
    /** More rows of one address than this are never looked at; limits keep them far fewer. */
    private static final int MOST = 20;

    private static final RowMapper<Row> ROW = (row, context) -> new Row(
            row.getLong("id"),
            new Kept(row.getString("sal"), row.getBytes("huella")),
            Rows.instant(row, "created_at"),
            Rows.instant(row, "vence"),
            row.getInt("reenvios"),
            Rows.nullableInstant(row, "reenviado_at"),
            row.getObject("usuario_id", Integer.class),
            row.getObject("solicitud_antigua", Long.class),
            row.getString("username"),
            row.getString("email"),
            row.getString("first_name"),
            row.getString("last_name"),
            row.getString("clave"));

    private CodeSql() {}

    /** The uses of codes. */
    enum Purpose {
        SIGN_UP("registro"),
        RECOVERY("recuperacion");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }
    }

    /**
     * A row that waits for its code.
     *
     * @param userId whose password is to be set
     * @param oldRequest the id of a registration that began in the old shop
     * @param passwordHash null where no code may open an account, because the address has one
     */
    record Row(
            long id,
            Kept kept,
            Instant createdAt,
            Instant until,
            int resends,
            @Nullable Instant resentAt,
            @Nullable Integer userId,
            @Nullable Long oldRequest,
            @Nullable String username,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String passwordHash) {}

    static long insertSignUp(
            Handle handle,
            Kept kept,
            SignUp wanted,
            @Nullable String passwordHash,
            @Nullable Long oldRequest,
            Instant now,
            Client client) {
        return handle.createQuery("""
                        INSERT INTO codigos_correo (proposito, direccion, sal, huella, created_at, vence, fallos,
                                                    reenvios, solicitud_antigua, username, email, first_name,
                                                    last_name, clave, ip_address)
                        VALUES ('registro', lower(:email), :salt, :hash, :now, :until, 0, 0, :oldRequest, :username,
                                :email, :firstName, :lastName, :passwordHash, CAST(:ip AS inet))
                        RETURNING id
                        """)
                .bind("salt", kept.salt())
                .bind("hash", kept.hash())
                .bind("now", Rows.timestamp(now))
                .bind("until", Rows.timestamp(now.plus(MailCodes.VALIDITY)))
                .bind("oldRequest", oldRequest)
                .bind("username", wanted.username())
                .bind("email", wanted.email())
                .bind("firstName", wanted.firstName())
                .bind("lastName", wanted.lastName())
                .bind("passwordHash", passwordHash)
                .bind("ip", client.addressText())
                .mapTo(Long.class)
                .one();
    }

    /** @param userId null where no account has the address: no code opens such a row */
    static long insertRecovery(
            Handle handle, Kept kept, String email, @Nullable Integer userId, Instant now, Client client) {
        return handle.createQuery("""
                        INSERT INTO codigos_correo (proposito, direccion, sal, huella, created_at, vence, fallos,
                                                    reenvios, usuario_id, ip_address)
                        VALUES ('recuperacion', lower(:email), :salt, :hash, :now, :until, 0, 0, :userId,
                                CAST(:ip AS inet))
                        RETURNING id
                        """)
                .bind("email", email)
                .bind("salt", kept.salt())
                .bind("hash", kept.hash())
                .bind("now", Rows.timestamp(now))
                .bind("until", Rows.timestamp(now.plus(MailCodes.VALIDITY)))
                .bind("userId", userId)
                .bind("ip", client.addressText())
                .mapTo(Long.class)
                .one();
    }

    /** Locks the rows of this address whose codes are good, and reads them. */
    static List<Row> lockGood(Handle handle, Purpose purpose, String email, Instant now) {
        return handle.createQuery("""
                        SELECT id, sal, huella, created_at, vence, reenvios, reenviado_at, usuario_id,
                               solicitud_antigua, username, email, first_name, last_name, clave
                          FROM codigos_correo
                         WHERE direccion = lower(:email) AND proposito = :purpose AND usado_at IS NULL
                           AND vence > :now AND fallos < :mostFailures
                         ORDER BY id LIMIT :most FOR NO KEY UPDATE
                        """)
                .bind("email", email)
                .bind("purpose", purpose.word)
                .bind("now", Rows.timestamp(now))
                .bind("mostFailures", MailCodes.MOST_FAILURES)
                .bind("most", MOST)
                .map(ROW)
                .list();
    }

    /** Locks the registrations of this address that are not confirmed, whether or not their codes are still good. */
    static List<Row> lockWaiting(Handle handle, String email, Instant since, int most) {
        return handle.createQuery("""
                        SELECT id, sal, huella, created_at, vence, reenvios, reenviado_at, usuario_id,
                               solicitud_antigua, username, email, first_name, last_name, clave
                          FROM codigos_correo
                         WHERE id = ANY(ARRAY(SELECT id FROM codigos_correo
                                               WHERE direccion = lower(:email) AND proposito = 'registro'
                                                 AND usado_at IS NULL AND created_at > :since
                                               ORDER BY id DESC LIMIT :most))
                         ORDER BY id FOR NO KEY UPDATE
                        """)
                .bind("email", email)
                .bind("since", Rows.timestamp(since))
                .bind("most", most)
                .map(ROW)
                .list();
    }

    /** The newest registration of this address that is not confirmed. */
    static Optional<Row> newestWaiting(Handle handle, String email, Instant since) {
        return handle.createQuery("""
                        SELECT id, sal, huella, created_at, vence, reenvios, reenviado_at, usuario_id,
                               solicitud_antigua, username, email, first_name, last_name, clave
                          FROM codigos_correo
                         WHERE direccion = lower(:email) AND proposito = 'registro' AND usado_at IS NULL
                           AND created_at > :since
                         ORDER BY id DESC LIMIT 1
                        """)
                .bind("email", email)
                .bind("since", Rows.timestamp(since))
                .map(ROW)
                .findOne();
    }

    /** Counts a wrong guess against each of these locked rows. */
    static void countFailure(Handle handle, Collection<Row> rows) {
        handle.createUpdate("UPDATE codigos_correo SET fallos = fallos + 1 WHERE id = ANY(:ids)")
                .bind("ids", Column.longs(rows, Row::id))
                .execute();
    }

    /** Gives a locked row another code; the one before is worthless. */
    static void renew(Handle handle, long id, Kept kept, Instant now) {
        handle.createUpdate("""
                        UPDATE codigos_correo SET sal = :salt, huella = :hash, vence = :until, fallos = 0,
                               reenvios = reenvios + 1, reenviado_at = :now
                         WHERE id = :id
                        """)
                .bind("salt", kept.salt())
                .bind("hash", kept.hash())
                .bind("until", Rows.timestamp(now.plus(MailCodes.VALIDITY)))
                .bind("now", Rows.timestamp(now))
                .bind("id", id)
                .execute();
    }

    /** Ends every row of the address, used or overtaken; the password of a registration is not kept longer. */
    static void endAll(Handle handle, Purpose purpose, String email, Instant now) {
        handle.createUpdate("""
                        UPDATE codigos_correo SET usado_at = :now, clave = NULL
                         WHERE direccion = lower(:email) AND proposito = :purpose AND usado_at IS NULL
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("email", email)
                .bind("purpose", purpose.word)
                .execute();
    }

    static int deleteBefore(Handle handle, Instant instant, int most) {
        return handle.createUpdate("""
                        DELETE FROM codigos_correo WHERE id = ANY(ARRAY(
                            SELECT id FROM codigos_correo WHERE created_at < :instant
                             ORDER BY created_at LIMIT :most FOR UPDATE SKIP LOCKED))
                        """)
                .bind("instant", Rows.timestamp(instant))
                .bind("most", most)
                .execute();
    }

    /** Deletes the codes of a user whose account is erased. */
    static void deleteOf(Handle handle, int userId, String email) {
        handle.createUpdate("""
                        DELETE FROM codigos_correo
                         WHERE usuario_id = :userId OR direccion = lower(:email) AND direccion <> ''
                        """).bind("userId", userId).bind("email", email).execute();
    }
}
