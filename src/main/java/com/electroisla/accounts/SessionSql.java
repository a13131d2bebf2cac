package com.electroisla.accounts;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Every statement on {@code refresh_tokens} and {@code token_blacklist}. A revoked family is one row of the latter,
 * {@code familia:NAME}; that row decides, and {@code revocado} on the tokens is for the old shop's screens.
 */
final class SessionSql {
    static final String FAMILY_PREFIX = "familia:";

    private SessionSql() {}

    /**
     * A refresh token as stored.
     *
     * @param family null for a token of the old shop, which is never accepted
     * @param familySince when the family's sign-in was
     * @param exchangedAt when it was exchanged for the next one; null while it was not
     */
    record StoredToken(
            long id,
            int userId,
            @Nullable String family,
            Instant familySince,
            boolean revoked,
            Instant expiresAt,
            @Nullable Instant exchangedAt) {}

    /** A token that another one was exchanged for. */
    record NextToken(String tokenId, String tokenHash) {}

    static void insertToken(
            Handle handle,
            String tokenHash,
            String tokenId,
            String family,
            Instant familySince,
            int userId,
            Client client,
            Instant now,
            Instant expiresAt) {
        handle.createUpdate("""
                        INSERT INTO refresh_tokens (token_hash, jti, familia, familia_desde, usuario_id, user_agent,
                                                    ip_address,
                                                    created_at, expires_at, revocado)
                        VALUES (:tokenHash, :tokenId, :family, :familySince, :userId, :userAgent,
                                CAST(:address AS inet),
                                :now, :expiresAt, false)
                        """)
                .bind("tokenHash", tokenHash)
                .bind("tokenId", tokenId)
                .bind("family", family)
                .bind("familySince", utc(familySince))
                .bind("userId", userId)
                .bind("userAgent", client.storedUserAgent())
                .bind("address", client.addressText())
                .bind("now", utc(now))
                .bind("expiresAt", utc(expiresAt))
                .execute();
    }

    /**
     * Locks the token and reads it. A server older than 0032 writes no beginning of the family; then its oldest token
     * gives it.
     */
    static Optional<StoredToken> lockToken(Handle handle, String tokenHash) {
        return handle.createQuery("""
                        SELECT id, usuario_id, familia, revocado, expires_at, last_used_at,
                               COALESCE(familia_desde,
                                   (SELECT min(COALESCE(f.familia_desde, f.created_at)) FROM refresh_tokens f
                                           WHERE f.familia = t.familia),
                                   created_at) AS desde
                        FROM refresh_tokens t
                        WHERE token_hash = :tokenHash FOR NO KEY UPDATE OF t
                        """)
                .bind("tokenHash", tokenHash)
                .map((row, context) -> new StoredToken(
                        row.getLong("id"),
                        row.getInt("usuario_id"),
                        row.getString("familia"),
                        row.getObject("desde", OffsetDateTime.class).toInstant(),
                        row.getBoolean("revocado"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        Rows.nullableInstant(row, "last_used_at")))
                .findOne();
    }

    /** The family that a token belongs to, and its user. */
    record FamilyOf(String family, int userId) {}

    static Optional<FamilyOf> familyOf(Handle handle, String tokenHash) {
        return handle.createQuery("""
                        SELECT familia, usuario_id FROM refresh_tokens
                         WHERE token_hash = :tokenHash AND familia IS NOT NULL
                        """)
                .bind("tokenHash", tokenHash)
                .map((row, context) -> new FamilyOf(row.getString("familia"), row.getInt("usuario_id")))
                .findOne();
    }

    /** The unused token that was made at the moment when this one was exchanged. */
    static Optional<NextToken> madeFor(Handle handle, String family, Instant exchangedAt) {
        return handle.createQuery("""
                        SELECT jti, token_hash FROM refresh_tokens
                         WHERE familia = :family AND created_at = :exchangedAt AND NOT revocado
                        """)
                .bind("family", family)
                .bind("exchangedAt", utc(exchangedAt))
                .map((row, context) -> new NextToken(row.getString("jti"), row.getString("token_hash")))
                .findFirst();
    }

    static void markRotated(Handle handle, long id, Instant now) {
        handle.createUpdate("""
                        UPDATE refresh_tokens SET revocado = true, revocado_at = :now, last_used_at = :now
                        WHERE id = :id
                        """).bind("id", id).bind("now", utc(now)).execute();
    }

    /** Whether this call revoked the family. Waits for another revocation that is in progress. */
    static boolean insertRevocation(Handle handle, String family, int userId, String reason, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO token_blacklist (token, usuario_id, razon, blacklisted_at)
                        VALUES (:token, :userId, :reason, :now)
                        ON CONFLICT (token) DO NOTHING
                        """)
                        .bind("token", FAMILY_PREFIX + family)
                        .bind("userId", userId)
                        .bind("reason", reason)
                        .bind("now", utc(now))
                        .execute()
                == 1;
    }

    static void markFamilyRevoked(Handle handle, String family, Instant now) {
        handle.createUpdate("""
                        UPDATE refresh_tokens SET revocado = true, revocado_at = :now
                        WHERE familia = :family AND NOT revocado
                        """).bind("family", family).bind("now", utc(now)).execute();
    }

    static boolean isRevoked(Handle handle, String family) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM token_blacklist WHERE token = :token)")
                .bind("token", FAMILY_PREFIX + family)
                .mapTo(Boolean.class)
                .one();
    }

    static List<String> familiesRevokedSince(Handle handle, Instant since) {
        return handle.createQuery("""
                        SELECT substr(token, length(:prefix) + 1) FROM token_blacklist
                        WHERE blacklisted_at >= :since AND starts_with(token, :prefix)
                        """)
                .bind("prefix", FAMILY_PREFIX)
                .bind("since", utc(since))
                .mapTo(String.class)
                .list();
    }

    /** The user's families that may still be in use: a living family always has a token that is not revoked. */
    static List<String> livingFamilies(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT DISTINCT familia FROM refresh_tokens
                        WHERE usuario_id = :userId AND NOT revocado AND familia IS NOT NULL
                        ORDER BY familia
                        """)
                .bind("userId", userId)
                .mapTo(String.class)
                .list();
    }

    /** The user's families that can still be used, the one used last first; each from where its sign-in was. */
    static List<OpenSession> openOf(Handle handle, int userId, Instant now, int most) {
        return handle.createQuery("""
                        SELECT familia, min(COALESCE(familia_desde, created_at)) AS desde, max(created_at) AS visto,
                               (array_agg(host(ip_address) ORDER BY created_at, id))[1] AS ip,
                               (array_agg(user_agent ORDER BY created_at, id))[1] AS user_agent
                          FROM refresh_tokens t
                         WHERE usuario_id = :userId AND familia IS NOT NULL
                           AND EXISTS (SELECT FROM refresh_tokens v
                                        WHERE v.familia = t.familia AND v.usuario_id = :userId AND NOT v.revocado
                                          AND v.expires_at > :now)
                           AND NOT EXISTS (SELECT FROM token_blacklist b WHERE b.token = :prefix || t.familia)
                         GROUP BY familia ORDER BY visto DESC, familia LIMIT :most
                        """)
                .bind("userId", userId)
                .bind("now", utc(now))
                .bind("prefix", FAMILY_PREFIX)
                .bind("most", most)
                .map((row, context) -> new OpenSession(
                        OpenSession.Kind.PROGRAM,
                        row.getString("familia"),
                        false,
                        Objects.requireNonNullElse(row.getString("user_agent"), ""),
                        Objects.requireNonNullElse(row.getString("ip"), ""),
                        Rows.instant(row, "desde"),
                        Rows.instant(row, "visto")))
                .list();
    }

    /** Deletes our tokens that ended before the instant; tokens of the old shop stay. */
    static int deleteTokensEndedBefore(Handle handle, Instant instant, int most) {
        return handle.createUpdate("""
                        DELETE FROM refresh_tokens WHERE id = ANY(ARRAY(
                            SELECT id FROM refresh_tokens WHERE expires_at < :instant AND familia IS NOT NULL
                            ORDER BY expires_at LIMIT :most FOR UPDATE SKIP LOCKED))
                        """)
                .bind("instant", utc(instant))
                .bind("most", most)
                .execute();
    }

    /** Deletes revocations of families so old that none of their tokens can still be valid. */
    static int deleteRevocationsBefore(Handle handle, Instant instant, int most) {
        return handle.createUpdate("""
                        DELETE FROM token_blacklist WHERE id = ANY(ARRAY(
                            SELECT id FROM token_blacklist
                            WHERE blacklisted_at < :instant AND starts_with(token, :prefix)
                            ORDER BY blacklisted_at LIMIT :most FOR UPDATE SKIP LOCKED))
                        """)
                .bind("instant", utc(instant))
                .bind("prefix", FAMILY_PREFIX)
                .bind("most", most)
                .execute();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Deletes every token of a user whose account is erased; the revocations stay. */
    static void deleteTokensOf(Handle handle, int userId) {
        handle.createUpdate("DELETE FROM refresh_tokens WHERE usuario_id = :userId")
                .bind("userId", userId)
                .execute();
    }
}
