package com.electroisla.accounts;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Every statement on {@code auth_user}, {@code user_profiles} and {@code login_attempts}. */
final class AccountSql {
    /** The unique constraint that two accounts with one name violate; Django made it, and so does our 0018. */
    static final String USERNAME_UNIQUE = "auth_user_username_key";

    private static final RowMapper<Account> ACCOUNT = (row, context) -> new Account(
            row.getInt("id"),
            row.getString("username"),
            row.getString("email"),
            Role.of(row.getBoolean("privilegiado"), row.getString("rol")),
            row.getBoolean("is_active"),
            row.getString("password"));

    private AccountSql() {}

    static Optional<Account> byUsername(Handle handle, String username) {
        return handle.createQuery("""
                        SELECT u.id, u.username, u.email, u.is_active, u.password,
                               u.is_superuser OR u.is_staff AS privilegiado, p.rol
                        FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                        WHERE u.username = :username
                        """).bind("username", username).map(ACCOUNT).findOne();
    }

    /**
     * Finds the account that signs in: the one whose username is the text as typed, else the one whose username is the
     * normalised text, else the only one with this e-mail, compared without case. An address that two accounts have
     * finds neither. Always one statement, so that its time tells nothing.
     *
     * @param typed the text as typed
     * @param username the same text, normalised
     */
    static Optional<Account> byLogin(Handle handle, String typed, String username) {
        return handle.createQuery("""
                        SELECT u.id, u.username, u.email, u.is_active, u.password,
                               u.is_superuser OR u.is_staff AS privilegiado, p.rol
                        FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                        WHERE u.id = COALESCE(
                            (SELECT id FROM auth_user WHERE username = :typed),
                            (SELECT id FROM auth_user WHERE username = :username),
                            (SELECT min(id) FROM auth_user WHERE lower(email) = lower(:typed) AND email <> ''
                                    HAVING count(*) = 1))
                        """)
                .bind("typed", typed)
                .bind("username", username)
                .map(ACCOUNT)
                .findOne();
    }

    /**
     * Locks these names and addresses until the transaction ends, against anybody else who wants an account with them:
     * the old shop's table may hold an address twice, so no constraint keeps two accounts from taking the same one.
     */
    static void lockIdentity(Handle handle, String username, String email) {
        handle.createQuery("""
                        SELECT count(pg_advisory_xact_lock(clave)) FROM (
                            SELECT DISTINCT hashtextextended('electro_isla.cuenta ' || lower(quien), 0) AS clave
                              FROM unnest(ARRAY[:username, :email]) AS v(quien) ORDER BY clave) claves
                        """)
                .bind("username", username)
                .bind("email", email)
                .mapTo(Long.class)
                .one();
    }

    /** Whether an account has this text as its name or as its address; compared without case. */
    static boolean hasName(Handle handle, String username) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM auth_user WHERE lower(username) = lower(:username))
                            OR EXISTS (SELECT FROM auth_user WHERE lower(email) = lower(:username) AND email <> '')
                        """)
                .bind("username", username)
                .mapTo(boolean.class)
                .one();
    }

    /**
     * Whether an account has this text as its address or as its name, by which it could sign in; compared without
     * case.
     */
    static boolean hasEmail(Handle handle, String email) {
        return handle.createQuery("""
                        SELECT :email <> '' AND (EXISTS (SELECT FROM auth_user
                            WHERE lower(email) = lower(:email) AND email <> '')
                            OR EXISTS (SELECT FROM auth_user WHERE lower(username) = lower(:email)))
                        """).bind("email", email).mapTo(boolean.class).one();
    }

    /** Whether another account than this one has the text as its address or as its name; compared without case. */
    static boolean isOthersEmail(Handle handle, String email, int id) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM auth_user
                            WHERE lower(email) = lower(:email) AND email <> '' AND id <> :id)
                            OR EXISTS (SELECT FROM auth_user WHERE lower(username) = lower(:email) AND id <> :id)
                        """)
                .bind("email", email)
                .bind("id", id)
                .mapTo(boolean.class)
                .one();
    }

    static void setEmail(Handle handle, int id, String email) {
        handle.createUpdate("UPDATE auth_user SET email = :email WHERE id = :id")
                .bind("email", email)
                .bind("id", id)
                .execute();
    }

    /** Whether the triggers of migration 0033 are there and fire for ordinary sessions. */
    static boolean tellsOfChanges(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) = 4 FROM pg_trigger
                         WHERE tgrelid IN (to_regclass('auth_user'), to_regclass('user_profiles'))
                           AND tgenabled IN ('O', 'A')
                           AND tgname IN ('cuenta_cambiada', 'cuenta_borrada', 'perfil_nuevo', 'perfil_cambiado')
                        """).mapTo(boolean.class).one();
    }

    static Optional<Account> byId(Handle handle, int id) {
        return handle.createQuery("""
                        SELECT u.id, u.username, u.email, u.is_active, u.password,
                               u.is_superuser OR u.is_staff AS privilegiado, p.rol
                        FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                        WHERE u.id = :id
                        """).bind("id", id).map(ACCOUNT).findOne();
    }

    static Optional<Holder> holder(Handle handle, int id) {
        return handle.createQuery("""
                        SELECT u.id, u.email, u.is_superuser OR u.is_staff AS privilegiado, p.rol,
                               COALESCE(NULLIF(btrim(u.first_name || ' ' || u.last_name), ''), u.username) AS nombre
                        FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                        WHERE u.id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> new Holder(
                        row.getInt("id"),
                        row.getString("email"),
                        row.getString("nombre"),
                        Role.of(row.getBoolean("privilegiado"), row.getString("rol"))))
                .findOne();
    }

    /** The name and the address of an account, which may be empty. */
    record Named(String username, String email) {}

    /** The account that has this text as its address or as its name; compared without case. */
    static Optional<Named> behind(Handle handle, String email) {
        return handle.createQuery("""
                        SELECT username, email FROM auth_user
                         WHERE lower(email) = lower(:email) AND email <> '' OR lower(username) = lower(:email)
                         ORDER BY id LIMIT 1
                        """)
                .bind("email", email)
                .map((row, context) -> new Named(row.getString("username"), row.getString("email")))
                .findOne();
    }

    /** The active accounts with this address, compared without case, whose password may be set by mail. */
    static List<Account> recoverable(Handle handle, String email, int most) {
        return handle.createQuery("""
                        SELECT u.id, u.username, u.email, u.is_active, u.password,
                               u.is_superuser OR u.is_staff AS privilegiado, p.rol
                        FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                        WHERE lower(u.email) = lower(:email) AND u.email <> '' AND u.is_active
                          AND NOT starts_with(u.password, '!') ORDER BY u.id LIMIT :most
                        """)
                .bind("email", email)
                .bind("most", most)
                .map(ACCOUNT)
                .list();
    }

    /** Locks the account against other changes. */
    static Optional<Account> lock(Handle handle, int id) {
        return handle.createQuery("""
                        SELECT u.id, u.username, u.email, u.is_active, u.password,
                               u.is_superuser OR u.is_staff AS privilegiado, p.rol
                        FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                        WHERE u.id = :id FOR NO KEY UPDATE OF u
                        """).bind("id", id).map(ACCOUNT).findOne();
    }

    static void setRole(Handle handle, int id, Role role, Instant now) {
        handle.createUpdate("""
                        INSERT INTO user_profiles (user_id, rol, created_at, updated_at) VALUES (:id, :role, :now, :now)
                        ON CONFLICT (user_id) DO UPDATE SET rol = excluded.rol, updated_at = excluded.updated_at
                        """)
                .bind("id", id)
                .bind("role", role.text())
                .bind("now", utc(now))
                .execute();
    }

    /** Whether the account is a superuser or staff in Django's sense, and so an admin whatever its profile says. */
    static boolean isPrivileged(Handle handle, int id) {
        return handle.createQuery("SELECT is_superuser OR is_staff FROM auth_user WHERE id = :id")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether there is another active admin; until the transaction ends no other one asks. */
    static boolean hasOtherAdmin(Handle handle, int id) {
        handle.createQuery("SELECT true FROM pg_advisory_xact_lock(hashtextextended('electro_isla.administrar', 0))")
                .mapTo(Boolean.class)
                .one();
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                            WHERE u.is_active AND u.id <> :id AND (u.is_superuser OR u.is_staff OR p.rol = :admin))
                        """)
                .bind("id", id)
                .bind("admin", Role.ADMIN.text())
                .mapTo(Boolean.class)
                .one();
    }

    static void setActive(Handle handle, int id, boolean active) {
        handle.createUpdate("UPDATE auth_user SET is_active = :active WHERE id = :id")
                .bind("active", active)
                .bind("id", id)
                .execute();
    }

    /** A new active account with its profile; fails on {@link #USERNAME_UNIQUE} when the name is taken. */
    static int insert(
            Handle handle,
            String username,
            String email,
            String passwordHash,
            Role role,
            boolean superuser,
            Instant now) {
        return insert(handle, username, email, passwordHash, role, superuser, "", "", now);
    }

    static int insert(
            Handle handle,
            String username,
            String email,
            String passwordHash,
            Role role,
            boolean superuser,
            String firstName,
            String lastName,
            Instant now) {
        return handle.createQuery("""
                        WITH cuenta AS (
                            INSERT INTO auth_user (username, email, password, is_superuser, is_staff, is_active,
                                                   first_name, last_name, date_joined)
                            VALUES (:username, :email, :passwordHash, :superuser, :superuser, true, :firstName,
                                    :lastName, :now)
                            RETURNING id),
                        perfil AS (
                            INSERT INTO user_profiles (user_id, rol, created_at, updated_at)
                            SELECT id, :role, :now, :now FROM cuenta)
                        SELECT id FROM cuenta
                        """)
                .bind("username", username)
                .bind("email", email)
                .bind("passwordHash", passwordHash)
                .bind("superuser", superuser)
                .bind("firstName", firstName)
                .bind("lastName", lastName)
                .bind("role", role.text())
                .bind("now", utc(now))
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Records a login and writes the hash, new or unchanged, but only while the account is active and its hash is
     * still the verified one. The row stays locked until the commit, so a change of password either comes before this
     * and is seen, or after it and ends the session that this login opens.
     */
    static boolean recordLogin(Handle handle, int id, String verifiedHash, String hash, Instant now) {
        return handle.createUpdate("""
                        UPDATE auth_user SET last_login = :now, password = :hash
                        WHERE id = :id AND password = :verifiedHash AND is_active
                        """)
                        .bind("id", id)
                        .bind("verifiedHash", verifiedHash)
                        .bind("hash", hash)
                        .bind("now", utc(now))
                        .execute()
                == 1;
    }

    /** A guest gets none. */
    static boolean changePassword(Handle handle, int id, String hash) {
        return handle.createUpdate("""
                        UPDATE auth_user SET password = :hash WHERE id = :id AND username <> 'invitado:' || id
                        """).bind("id", id).bind("hash", hash).execute() == 1;
    }

    static void insertAttempt(Handle handle, String username, Client client, boolean success, Instant now) {
        handle.createUpdate("""
                        INSERT INTO login_attempts (ip_address, username, attempt_type, success, "timestamp",
                            user_agent)
                        VALUES (CAST(:address AS inet), :username, 'login', :success, :now, :userAgent)
                        """)
                .bind("address", client.addressText())
                .bind("username", username)
                .bind("success", success)
                .bind("now", utc(now))
                .bind("userAgent", client.storedUserAgent())
                .execute();
    }

    /** Deletes the oldest attempts before the instant, by their ids, which are in order of time. */
    static int deleteAttemptsBefore(Handle handle, Instant before, int most) {
        return handle.createUpdate("""
                        DELETE FROM login_attempts WHERE "timestamp" < :before
                            AND id = ANY(ARRAY(SELECT id FROM login_attempts ORDER BY id LIMIT :most))
                        """)
                .bind("before", utc(before))
                .bind("most", most)
                .execute();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static void deleteAttemptsOf(Handle handle, String username, String email) {
        handle.createUpdate("""
                        DELETE FROM login_attempts WHERE username IN (:username, :email) AND username <> ''
                        """).bind("username", username).bind("email", email).execute();
    }

    /** Takes from an account whatever says who it was; the row stays, because orders point at it. */
    static void erase(Handle handle, int id, String username, String unusable) {
        handle.createUpdate("""
                        UPDATE auth_user SET username = :username, email = '', first_name = '', last_name = '',
                               password = :unusable, is_active = false, last_login = NULL
                         WHERE id = :id
                        """)
                .bind("id", id)
                .bind("username", username)
                .bind("unusable", unusable)
                .execute();
        handle.createUpdate("UPDATE user_profiles SET telefono = NULL, direccion = NULL WHERE user_id = :id")
                .bind("id", id)
                .execute();
    }
}
