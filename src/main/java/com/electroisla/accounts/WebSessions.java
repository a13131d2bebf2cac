package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The sessions of browsers: a random token in a cookie, its hash in the database. A session is looked up for every
 * page, so that one that was ended, or whose account was deactivated, is refused on every instance from then on.
 *
 * <p>A session ends {@link #LONGEST} after its sign-in, or {@link #IDLE} after its last use, whichever comes first.
 */
public final class WebSessions {
    public static final Duration LONGEST = Duration.ofDays(7);
    public static final Duration IDLE = Duration.ofHours(12);
    /** The precision of the last use: not every page writes it. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private static final int MOST_DELETED_AT_ONCE = 1_000;
    private static final int TOKEN_BYTES = 32;
    private static final int LONGEST_TOKEN = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final DatabaseClock clock;

    WebSessions(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A random text that nobody can guess, for a cookie. */
    public static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Opens a session in the caller's transaction; it is valid once that commits. */
    WebSession open(Handle handle, Account account, Client client, Instant now) {
        String token = randomToken();
        Instant end = now.plus(LONGEST);
        WebSessionSql.insert(handle, hash(token), account.id(), client, now, end);
        return new WebSession(token, end);
    }

    /**
     * The user of the session; empty when the cookie names no valid one. One statement, and a second one now and then.
     */
    public Optional<Visitor> visitor(String token) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        return database.read(handle -> {
            Instant now = clock.now(handle);
            Optional<WebSessionSql.Found> found = WebSessionSql.find(handle, hash(token), now, now.minus(IDLE));
            found.filter(session -> session.lastUse().plus(NOTED_EVERY).isBefore(now))
                    .ifPresent(session ->
                            WebSessionSql.noteUse(handle, session.visitor().sessionId(), now));
            return found.map(WebSessionSql.Found::visitor);
        });
    }

    /** Ends the session. May run twice. */
    public void signOut(Visitor visitor, Client client) {
        if (database.inTransaction(handle -> WebSessionSql.end(handle, visitor.sessionId()))) {
            AccountLog.loggedOut(visitor.username(), client);
        }
    }

    static int deleteEnded(Handle handle, Instant now) {
        return WebSessionSql.deleteEnded(handle, now, MOST_DELETED_AT_ONCE);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
