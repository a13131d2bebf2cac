package com.electroisla.accounts;

import com.electroisla.accounts.SessionSql.FamilyOf;
import com.electroisla.accounts.SessionSql.StoredToken;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Families of refresh tokens: one family a sign-in, one token in it valid at a time.
 *
 * <p>Invariants: a token is exchanged at most once, because the exchange locks its row; a second use means that the
 * token was stolen, by the first user or the second, so the whole family ends. A family has ended once its row is in
 * {@code token_blacklist}, whatever its tokens say; an exchange that ran beside the revocation may still write a
 * token, and that token is refused by this row. A browser may ask once more, for a moment, what a token was exchanged
 * for; it gets nothing that was not given out before. A family is never older than {@link #FAMILY_LIFETIME}: each of
 * its tokens knows when the sign-in was.
 *
 * <p>Lock order: a token's row, and nothing after it, in an exchange; the account's row, then the family's row in the
 * blacklist, then its tokens in a revocation. So they cannot deadlock.
 */
final class Sessions {
    static final Duration REFRESH_LIFETIME = Duration.ofDays(7);
    /** The longest life of a family, however often its token is exchanged: then the password is asked for again. */
    static final Duration FAMILY_LIFETIME = Duration.ofDays(30);
    /** How long a browser's exchanged token still gets the next one told. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private static final String PURPOSE = "refresh";
    private static final int MOST_DELETED_AT_ONCE = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final DatabaseClock clock;
    private final Runnable beforeSigning;
    private final AccessTokens accessTokens;
    private final Revocations revocations;
    private final ShopSecret secret;

    /** @param beforeSigning makes ready what signing needs; runs before transactions, for it may ask the database */
    Sessions(
            Database database,
            DatabaseClock clock,
            Runnable beforeSigning,
            AccessTokens accessTokens,
            Revocations revocations,
            ShopSecret secret) {
        this.database = database;
        this.clock = clock;
        this.beforeSigning = beforeSigning;
        this.accessTokens = accessTokens;
        this.revocations = revocations;
        this.secret = secret;
    }

    /** Makes ready what {@link #open} needs; before the transaction, because it may need a connection of its own. */
    void prepare() {
        beforeSigning.run();
    }

    /** Begins a family in the caller's transaction, after {@link #prepare}; the pair is valid once that commits. */
    TokenPair open(Handle handle, Account account, Client client, Instant now) {
        return pair(handle, account, randomHex(16), now, randomToken(), randomHex(16), client, now);
    }

    RefreshOutcome refresh(String refreshToken, Client client) {
        return refresh(refreshToken, client, Duration.ZERO);
    }

    /**
     * Exchanges the token of a browser's cookie, which all tabs share: for {@link #GRACE} after its exchange a token
     * gets the same next one again. So two tabs that refresh at once agree, and so does a page whose answer was lost.
     */
    RefreshOutcome refreshInBrowser(String refreshToken, Client client) {
        return refresh(refreshToken, client, GRACE);
    }

    private RefreshOutcome refresh(String refreshToken, Client client, Duration grace) {
        prepare();
        RefreshOutcome outcome = database.inTransaction(handle -> exchange(handle, refreshToken, client, grace));
        if (outcome instanceof RefreshOutcome.Refused(Optional<RefreshOutcome.Reused> reused)) {
            reused.ifPresent(token -> endAfterReuse(token, client));
        }
        return outcome;
    }

    private RefreshOutcome exchange(Handle handle, String refreshToken, Client client, Duration grace) {
        Optional<StoredToken> locked = SessionSql.lockToken(handle, sha256Hex(refreshToken));
        if (locked.isEmpty()) {
            return RefreshOutcome.Refused.UNKNOWN;
        }
        StoredToken token = locked.get();
        String family = token.family();
        if (family == null) {
            return RefreshOutcome.Refused.UNKNOWN;
        }
        Instant now = clock.now(handle);
        Instant exchangedAt = token.exchangedAt();
        boolean lately = exchangedAt != null && now.isBefore(exchangedAt.plus(grace));
        if (token.revoked() && !lately) {
            return new RefreshOutcome.Refused(Optional.of(new RefreshOutcome.Reused(family, token.userId())));
        }
        Optional<Account> account = present(handle, token, family, now);
        if (account.isEmpty()) {
            return RefreshOutcome.Refused.UNKNOWN;
        }
        if (exchangedAt != null) {
            var pair = new TokenPair(
                    accessTokens.issue(account.get(), family),
                    toldAgain(handle, refreshToken, family, exchangedAt),
                    AccessTokens.LIFETIME);
            return new RefreshOutcome.Refreshed(pair, token.userId());
        }
        SessionSql.markRotated(handle, token.id(), now);
        String tokenId = randomHex(16);
        TokenPair pair = pair(
                handle,
                account.get(),
                family,
                token.familySince(),
                following(refreshToken, tokenId),
                tokenId,
                client,
                now);
        return new RefreshOutcome.Refreshed(pair, token.userId());
    }

    /**
     * The token that this one was exchanged for; empty when that one was exchanged in turn, so its browser has it, or
     * when an instance with another secret made it.
     */
    private String toldAgain(Handle handle, String refreshToken, String family, Instant exchangedAt) {
        return SessionSql.madeFor(handle, family, exchangedAt)
                .flatMap(made -> secret.recognised(PURPOSE, refreshToken, made.tokenId()).stream()
                        .map(Sessions::written)
                        .filter(told -> sha256Hex(told).equals(made.tokenHash()))
                        .findFirst())
                .orElse("");
    }

    /** The active account of a token that has not ended, nor its family; not one that lacks a factor it must have. */
    private static Optional<Account> present(Handle handle, StoredToken token, String family, Instant now) {
        boolean over = !now.isBefore(token.expiresAt())
                || !now.isBefore(token.familySince().plus(FAMILY_LIFETIME));
        Optional<Account> account = AccountSql.byId(handle, token.userId())
                .filter(Account::active)
                .filter(found -> !FactorCheck.isMissing(handle, found));
        return over || SessionSql.isRevoked(handle, family) ? Optional.empty() : account;
    }

    /**
     * The token that follows another one. Only a holder of that other token can compute it, and only with the shop's
     * secret, so it needs no place in the database to be told again.
     *
     * @param tokenId random, so that no token says which ones will follow
     */
    private String following(String refreshToken, String tokenId) {
        return written(secret.hash(PURPOSE, refreshToken, tokenId));
    }

    private static String written(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * Runs in a transaction of its own, after the exchange released its row: the revocation locks the whole family.
     */
    private void endAfterReuse(RefreshOutcome.Reused token, Client client) {
        if (revoke(token.family(), token.userId(), "reuso") == Ended.NOW) {
            AccountLog.refreshTokenReused(token.userId(), client);
        }
    }

    private TokenPair pair(
            Handle handle,
            Account account,
            String family,
            Instant since,
            String refreshToken,
            String tokenId,
            Client client,
            Instant now) {
        Instant familyEnds = since.plus(FAMILY_LIFETIME);
        Instant ends = now.plus(REFRESH_LIFETIME).isBefore(familyEnds) ? now.plus(REFRESH_LIFETIME) : familyEnds;
        SessionSql.insertToken(
                handle, sha256Hex(refreshToken), tokenId, family, since, account.id(), client, now, ends);
        return new TokenPair(accessTokens.issue(account, family), refreshToken, AccessTokens.LIFETIME);
    }

    /**
     * Ends a family everywhere. May run twice.
     *
     * @param reason for {@code token_blacklist.razon}
     */
    Ended revoke(String family, int userId, String reason) {
        try {
            boolean ended = database.inTransaction(handle -> end(handle, family, userId, reason, clock.now(handle)));
            revocations.revoked(family);
            return ended ? Ended.NOW : Ended.BEFORE;
        } catch (RuntimeException failure) {
            if (SqlStates.sqlState(failure)
                    .filter(SqlStates.FOREIGN_KEY_VIOLATION::equals)
                    .isEmpty()) {
                throw failure;
            }
            revocations.revoked(family);
            return Ended.WITH_ITS_USER;
        }
    }

    /**
     * Ends the family of a token, used or not.
     *
     * @return the user, if the token is one of ours and its family lived until now
     */
    Optional<Integer> endFamilyOf(String refreshToken) {
        Optional<FamilyOf> found = database.read(handle -> SessionSql.familyOf(handle, sha256Hex(refreshToken)));
        return found.filter(token -> revoke(token.family(), token.userId(), "logout") == Ended.NOW)
                .map(FamilyOf::userId);
    }

    /** The result of ending a family. */
    enum Ended {
        NOW,
        /** The family had ended already. */
        BEFORE,
        /** The account was deleted, by any program. */
        WITH_ITS_USER
    }

    /**
     * Ends every family of a user, and every browser session, in the caller's transaction, which holds the account's
     * row.
     *
     * @return the families; the caller passes them to {@link #ended} after its commit
     */
    List<String> revokeAllOf(Handle handle, int userId, String reason, Instant now) {
        WebSessionSql.endAllOf(handle, userId);
        return revokeFamiliesOf(handle, userId, reason, now);
    }

    /** The same, but for the browser session in which somebody asks for it. */
    List<String> revokeOthersOf(Handle handle, int userId, long kept, String reason, Instant now) {
        WebSessionSql.endOthersOf(handle, userId, kept);
        return revokeFamiliesOf(handle, userId, reason, now);
    }

    /** Ends every family of a user and no browser session; like {@link #revokeAllOf}. */
    List<String> revokeProgramsOf(Handle handle, int userId, String reason, Instant now) {
        return revokeFamiliesOf(handle, userId, reason, now);
    }

    private List<String> revokeFamiliesOf(Handle handle, int userId, String reason, Instant now) {
        List<String> families = SessionSql.livingFamilies(handle, userId);
        for (String family : families) {
            end(handle, family, userId, reason, now);
        }
        return new ArrayList<>(families);
    }

    /** Ends one family in the caller's transaction, which holds the account's row and names it to {@link #ended}. */
    boolean revokeIn(Handle handle, String family, int userId, String reason, Instant now) {
        return end(handle, family, userId, reason, now);
    }

    /** Tells this instance at once which families a committed transaction of its own revoked. */
    void ended(List<String> families) {
        families.forEach(revocations::revoked);
    }

    private boolean end(Handle handle, String family, int userId, String reason, Instant now) {
        if (!SessionSql.insertRevocation(handle, family, userId, reason, now)) {
            return false;
        }
        SessionSql.markFamilyRevoked(handle, family, now);
        revocations.announce(handle, family);
        return true;
    }

    /** Deletes tokens and revocations that no longer matter; for the sweep. */
    static int deleteEnded(Handle handle, Instant now) {
        int tokens = SessionSql.deleteTokensEndedBefore(handle, now.minus(REFRESH_LIFETIME), MOST_DELETED_AT_ONCE);
        Instant beyondAnyToken = now.minus(REFRESH_LIFETIME.multipliedBy(2));
        return tokens + SessionSql.deleteRevocationsBefore(handle, beyondAnyToken, MOST_DELETED_AT_ONCE);
    }

    private static String randomToken() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return written(bytes);
    }

    private static String randomHex(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String sha256Hex(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
