package com.electroisla.accounts;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Every statement on the old shop's tables of codes: {@code email_verifications}, {@code api_passwordrecoverycode} and
 * {@code password_reset_tokens}. Databases of ours, and Django's below its 0032, lack some of them or their columns, so
 * a caller asks first. Rows are changed only as the old shop changes them.
 */
final class OldCodeSql {
    private static final int MOST = 20;

    private static final RowMapper<OldSignUp> SIGN_UP = (row, context) -> new OldSignUp(
            row.getLong("id"),
            row.getString("codigo"),
            Rows.instant(row, "expires_at"),
            row.getInt("contador_reenvios"),
            row.getString("username_temporal"),
            row.getString("email_temporal"),
            row.getString("nombre"),
            row.getString("apellido"),
            row.getString("password_hash"));

    private OldCodeSql() {}

    /** A registration that waits in the old shop's table. */
    record OldSignUp(
            long id,
            String code,
            Instant until,
            int resends,
            String username,
            String email,
            String firstName,
            String lastName,
            String passwordHash) {
        SignUp wanted() {
            return new SignUp(AccountRules.normalise(username), email, "", firstName, lastName);
        }
    }

    record OldRecovery(long id, int userId, String code) {}

    static boolean keepsSignUps(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) = 5 FROM pg_attribute
                         WHERE attrelid = to_regclass('email_verifications') AND NOT attisdropped
                           AND attname IN ('email_temporal', 'username_temporal', 'password_hash',
                                           'first_name_temporal', 'last_name_temporal')
                        """).mapTo(boolean.class).one();
    }

    static boolean keepsRecoveries(Handle handle) {
        return exists(handle, "api_passwordrecoverycode");
    }

    static boolean keepsLinks(Handle handle) {
        return exists(handle, "password_reset_tokens");
    }

    private static boolean exists(Handle handle, String table) {
        return handle.createQuery("SELECT to_regclass(:table) IS NOT NULL")
                .bind("table", table)
                .mapTo(boolean.class)
                .one();
    }

    /** Locks the registrations of this address whose codes are good. */
    static List<OldSignUp> lockGoodSignUps(Handle handle, String email, Instant now) {
        return handle.createQuery("""
                        SELECT id, codigo, expires_at, contador_reenvios, username_temporal, email_temporal,
                               password_hash, COALESCE(first_name_temporal, '') AS nombre,
                               COALESCE(last_name_temporal, '') AS apellido
                          FROM email_verifications
                         WHERE lower(email_temporal) = lower(:email) AND NOT verificado AND expires_at > :now
                           AND intentos_fallidos < :mostFailures AND username_temporal IS NOT NULL
                           AND password_hash IS NOT NULL AND length(password_hash) <= 128
                         ORDER BY id LIMIT :most FOR NO KEY UPDATE
                        """)
                .bind("email", email)
                .bind("now", Rows.timestamp(now))
                .bind("mostFailures", MailCodes.MOST_FAILURES)
                .bind("most", MOST)
                .map(SIGN_UP)
                .list();
    }

    /** The newest registrations of this address that are not confirmed, whether or not their codes are still good. */
    static List<OldSignUp> waitingSignUps(Handle handle, String email, int most) {
        return handle.createQuery("""
                        SELECT id, codigo, expires_at, contador_reenvios, username_temporal, email_temporal,
                               password_hash, COALESCE(first_name_temporal, '') AS nombre,
                               COALESCE(last_name_temporal, '') AS apellido
                          FROM email_verifications
                         WHERE lower(email_temporal) = lower(:email) AND NOT verificado
                           AND username_temporal IS NOT NULL
                           AND password_hash IS NOT NULL AND length(password_hash) <= 128
                         ORDER BY id DESC LIMIT :most
                        """)
                .bind("email", email)
                .bind("most", most)
                .map(SIGN_UP)
                .list();
    }

    static void countSignUpFailure(Handle handle, Collection<OldSignUp> rows) {
        handle.createUpdate("""
                        UPDATE email_verifications SET intentos_fallidos = intentos_fallidos + 1 WHERE id = ANY(:ids)
                        """).bind("ids", Column.longs(rows, OldSignUp::id)).execute();
    }

    /** Confirms a registration as the old shop does, unless it has been confirmed since. */
    static void confirmSignUp(Handle handle, long id, int userId, Instant now) {
        handle.createUpdate("""
                        UPDATE email_verifications SET verificado = true, verificado_at = :now, usuario_id = :userId
                         WHERE id = :id AND NOT verificado
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("userId", userId)
                .bind("id", id)
                .execute();
    }

    /** Locks the good recovery codes of active accounts with this address. */
    static List<OldRecovery> lockGoodRecoveries(Handle handle, String email, Instant now) {
        return handle.createQuery("""
                        SELECT c.id, c.usuario_id, c.codigo FROM api_passwordrecoverycode c
                         WHERE c.usuario_id IN (SELECT u.id FROM auth_user u
                                                 WHERE lower(u.email) = lower(:email) AND u.email <> '' AND u.is_active)
                           AND NOT c.verificado AND c.expires_at > :now AND c.intentos_fallidos < :mostFailures
                         ORDER BY c.id LIMIT :most FOR NO KEY UPDATE OF c
                        """)
                .bind("email", email)
                .bind("now", Rows.timestamp(now))
                .bind("mostFailures", MailCodes.MOST_FAILURES)
                .bind("most", MOST)
                .map((row, context) ->
                        new OldRecovery(row.getLong("id"), row.getInt("usuario_id"), row.getString("codigo")))
                .list();
    }

    static void countRecoveryFailure(Handle handle, Collection<OldRecovery> rows) {
        handle.createUpdate("""
                        UPDATE api_passwordrecoverycode SET intentos_fallidos = intentos_fallidos + 1
                         WHERE id = ANY(:ids)
                        """)
                .bind("ids", Column.longs(rows, OldRecovery::id))
                .execute();
    }

    /** Ends the user's codes as the old shop does. */
    static void endRecoveries(Handle handle, int userId, Instant now) {
        handle.createUpdate("""
                        UPDATE api_passwordrecoverycode SET verificado = true, verificado_at = :now
                         WHERE usuario_id = :userId AND NOT verificado
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("userId", userId)
                .execute();
    }

    /** Ends the links that the old shop mailed to the user. */
    static void endLinks(Handle handle, int userId, Instant now) {
        handle.createUpdate("""
                        UPDATE password_reset_tokens SET usado = true, usado_at = :now
                         WHERE usuario_id = :userId AND NOT usado
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("userId", userId)
                .execute();
    }

    /** Deletes what the old shop's tables of codes have of a user whose account is erased. */
    static void deleteOf(Handle handle, int userId, String email) {
        if (keepsSignUps(handle)) {
            handle.createUpdate("""
                            DELETE FROM email_verifications
                             WHERE usuario_id = :userId OR lower(email_temporal) = lower(:email) AND :email <> ''
                            """).bind("userId", userId).bind("email", email).execute();
        }
        if (keepsRecoveries(handle)) {
            handle.createUpdate("DELETE FROM api_passwordrecoverycode WHERE usuario_id = :userId")
                    .bind("userId", userId)
                    .execute();
        }
        if (keepsLinks(handle)) {
            handle.createUpdate("DELETE FROM password_reset_tokens WHERE usuario_id = :userId")
                    .bind("userId", userId)
                    .execute();
        }
    }
}
