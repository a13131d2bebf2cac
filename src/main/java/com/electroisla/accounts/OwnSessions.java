package com.electroisla.accounts;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The sign-ins of an account, as its owner sees and ends them.
 *
 * <p>An ended one stops working at once: a browser's session is looked up for every page, and a family of tokens ends
 * as by a logout, with its access tokens and its refresh token.
 */
public final class OwnSessions {
    private static final int MOST_SHOWN = 50;

    private final Database database;
    private final DatabaseClock clock;
    private final Sessions sessions;

    OwnSessions(Database database, DatabaseClock clock, Sessions sessions) {
        this.database = database;
        this.clock = clock;
        this.sessions = sessions;
    }

    /** Browsers first, the one that asks before the others; at most {@value #MOST_SHOWN} of each kind. */
    public List<OpenSession> of(Visitor who) {
        return database.read(handle -> {
            Instant now = clock.now(handle);
            List<OpenSession> all = new ArrayList<>(WebSessionSql.of(
                    handle, who.userId(), who.sessionId(), now, now.minus(WebSessions.IDLE), MOST_SHOWN));
            all.sort((one, other) -> Boolean.compare(other.current(), one.current()));
            all.addAll(SessionSql.openOf(handle, who.userId(), now, MOST_SHOWN));
            return all;
        });
    }

    /** The outcome of ending a sign-in. */
    public enum Ended {
        DONE,
        /** The sign-in had ended already, or is another user's. */
        NOT_FOUND,
        APPLIED_BEFORE
    }

    /** Ends one of the owner's sign-ins, once for each form. */
    public Ended end(Visitor who, OpenSession.Kind kind, String name, Client client, IdempotencyKey form) {
        return change(who, "una", client, form, (handle, now) -> switch (kind) {
            case BROWSER ->
                name.matches("[0-9]{1,18}") && WebSessionSql.endOf(handle, who.userId(), Long.parseLong(name))
                        ? Optional.of(List.of())
                        : Optional.empty();
            case PROGRAM ->
                SessionSql.livingFamilies(handle, who.userId()).contains(name)
                                && sessions.revokeIn(handle, name, who.userId(), "cerrada_por_su_dueno", now)
                        ? Optional.of(List.of(name))
                        : Optional.empty();
        });
    }

    /** Ends all of the owner's sign-ins but the one that asks. */
    public Ended endOthers(Visitor who, Client client, IdempotencyKey form) {
        return change(
                who,
                "las demás",
                client,
                form,
                (handle, now) -> Optional.of(
                        sessions.revokeOthersOf(handle, who.userId(), who.sessionId(), "cerrada_por_su_dueno", now)));
    }

    /** Ends some, and returns the families among them; empty when there was nothing to end. */
    private interface Ending {
        Optional<List<String>> end(Handle handle, Instant now);
    }

    private Ended change(Visitor who, String which, Client client, IdempotencyKey form, Ending ending) {
        Applied<Optional<List<String>>> applied = database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> AccountSql.lock(handle, who.userId()).flatMap(account -> {
                    Instant now = clock.now(handle);
                    Optional<List<String>> ended = ending.end(handle, now);
                    ended.ifPresent(_ -> audit(handle, account, which, client, now));
                    return ended;
                }),
                ended -> ended.map(_ -> "")));
        return switch (applied) {
            case Applied.Before<Optional<List<String>>> _ -> Ended.APPLIED_BEFORE;
            case Applied.Now<Optional<List<String>>>(Optional<List<String>> ended) -> {
                ended.ifPresent(families -> {
                    sessions.ended(families);
                    AccountLog.sessionsEnded(who.username(), which, client);
                });
                yield ended.isPresent() ? Ended.DONE : Ended.NOT_FOUND;
            }
        };
    }

    private static void audit(Handle handle, Account account, String which, Client client, Instant now) {
        AuditSql.write(
                handle,
                new Actor(account.id(), client.addressText(), client.userAgent()),
                new Entry("cerrar sesiones", "usuario", account.id(), account.username(), Map.of("cuales", which)),
                now);
    }
}
