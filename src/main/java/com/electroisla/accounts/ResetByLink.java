package com.electroisla.accounts;

import com.electroisla.accounts.LinkSql.Link;
import com.electroisla.accounts.LinkSql.Purpose;
import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.limits.Limits;
import com.electroisla.mail.Letter;
import com.electroisla.mail.Letters;
import com.electroisla.settings.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A link to a new password, which an admin has sent to somebody who cannot sign in; the admin never sees it work.
 *
 * <p>Invariant: a link sets the password of the account that it was mailed to, once, within {@link #VALIDITY}, and
 * while the account still has the address that it was mailed to; with it every session of the account ends. A newer
 * link, and any change of the password, ends it.
 *
 * <p>Lock order: the form's key, limits, the account, the link.
 */
public final class ResetByLink {
    public static final Duration VALIDITY = Duration.ofHours(24);

    private static final RateLimit LETTERS = new RateLimit(5, Duration.ofHours(1));

    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final Sessions sessions;
    private final Limits letters = new Limits("carta:enlace", Optional.of(LETTERS));

    ResetByLink(Database database, DatabaseClock clock, DjangoPasswords passwords, Sessions sessions) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /** The outcome of sending a link. */
    public sealed interface Sent {
        record Done(String email) implements Sent {}

        record NotFound() implements Sent {}

        /** The account has no address that a letter could go to, or is not active. */
        record NoAddress() implements Sent {}

        record TooMany(Exceeded limit) implements Sent {}

        record AppliedBefore(boolean same) implements Sent {}
    }

    public Sent send(int userId, Actor actor, Locale language, IdempotencyKey form) {
        Applied<Sent> applied = database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> send(handle, userId, actor, language),
                sent -> sent instanceof Sent.Done ? Optional.of("") : Optional.empty()));
        return switch (applied) {
            case Applied.Now<Sent>(Sent sent) -> sent;
            case Applied.Before<Sent> before -> new Sent.AppliedBefore(before.same());
        };
    }

    private Sent send(Handle handle, int userId, Actor actor, Locale language) {
        Instant now = clock.now(handle);
        Optional<Account> found = AccountSql.byId(handle, userId);
        if (found.isEmpty()) {
            return new Sent.NotFound();
        }
        Account account = found.get();
        if (!account.active() || AccountRules.emailProblem(account.email()).isPresent()) {
            return new Sent.NoAddress();
        }
        if (letters.count(handle, Integer.toString(userId), now) instanceof Exceeded limit) {
            return new Sent.TooMany(limit);
        }
        LinkToken token = LinkToken.make();
        Instant until = now.plus(VALIDITY);
        LinkSql.endOf(handle, Purpose.PASSWORD, userId, now);
        Letters.cancelCodes(handle, keys(userId), now);
        long id = LinkSql.insert(
                handle, Purpose.PASSWORD, token.hash(), userId, account.email(), null, actor.userId(), now, until);
        Letter letter =
                Letter.resetLink(account.email(), language, account.username(), token.text(), until, keys(userId) + id);
        Letters.write(handle, letter, now);
        AuditSql.write(handle, actor, new Entry("enviar enlace", "usuario", userId, account.username(), Map.of()), now);
        return new Sent.Done(account.email());
    }

    private static String keys(int userId) {
        return "enlace-clave-" + userId + "-";
    }

    /** The user name of the account that a link is for; empty when the link is wrong, used or over. */
    public Optional<String> open(String token) {
        return LinkToken.parse(token)
                .flatMap(parsed -> database.read(handle -> {
                    Instant now = clock.now(handle);
                    return LinkSql.find(handle, Purpose.PASSWORD, parsed.hash())
                            .filter(link -> link.isGood(now))
                            .flatMap(
                                    link -> AccountSql.byId(handle, owner(link)).filter(account -> isOf(link, account)))
                            .map(Account::username);
                }));
    }

    private static int owner(Link link) {
        return Objects.requireNonNull(link.userId());
    }

    private static boolean isOf(Link link, Account account) {
        return account.active() && account.email().equalsIgnoreCase(link.email());
    }

    /** The outcome of setting a password by a link. */
    public sealed interface Reset {
        record Done() implements Reset {}

        /** The link is wrong, used or over. */
        record Over() implements Reset {}

        record Invalid(Unfit unfit) implements Reset {}

        record Busy() implements Reset {}
    }

    public Reset reset(String token, String password, Locale language, Client client) {
        Optional<String> username = open(token);
        if (username.isEmpty()) {
            return new Reset.Over();
        }
        Optional<Account> account = database.read(handle -> AccountSql.byUsername(handle, username.get()));
        Optional<Unfit> unfit =
                account.flatMap(found -> AccountRules.passwordProblem(found.username(), found.email(), password));
        if (unfit.isPresent()) {
            return new Reset.Invalid(unfit.get());
        }
        try {
            String hash = passwords.hash(password, PasswordThreads.Lane.KNOWN);
            record Changed(String username, List<String> families) {}
            Optional<Changed> changed = database.inTransaction(handle -> set(handle, token, hash, language, client)
                    .map(owner -> new Changed(
                            owner.username(),
                            sessions.revokeAllOf(handle, owner.id(), "enlace_clave", clock.now(handle)))));
            changed.ifPresent(done -> {
                sessions.ended(done.families());
                AccountLog.passwordChanged(done.username());
            });
            return changed.isPresent() ? new Reset.Done() : new Reset.Over();
        } catch (PasswordsBusy busy) {
            return new Reset.Busy();
        }
    }

    private Optional<Account> set(Handle handle, String token, String hash, Locale language, Client client) {
        Optional<byte[]> opening = LinkToken.parse(token).map(LinkToken::hash);
        // The account first, as in every change of a password.
        Optional<Account> locked = opening.flatMap(key -> LinkSql.find(handle, Purpose.PASSWORD, key))
                .flatMap(link -> AccountSql.lock(handle, owner(link)));
        Optional<Link> link = opening.flatMap(key -> LinkSql.lock(handle, Purpose.PASSWORD, key));
        Instant now = clock.now(handle);
        Optional<Account> owner = locked.filter(account ->
                link.filter(its -> its.isGood(now) && isOf(its, account)).isPresent());
        owner.ifPresent(account -> {
            AccountSql.changePassword(handle, account.id(), hash);
            LinkSql.end(handle, link.orElseThrow().id(), LinkSql.End.USED, now);
            WaysBack.end(handle, account, now);
            AuditSql.write(
                    handle,
                    new Actor(account.id(), client.addressText(), client.userAgent()),
                    new Entry(
                            "cambiar contraseña", "usuario", account.id(), account.username(), Map.of("por", "enlace")),
                    now);
            Letters.write(
                    handle,
                    Letter.passwordChanged(
                            account.email(),
                            language,
                            account.username(),
                            "clave-cambiada-" + account.id() + "-" + now.toEpochMilli()),
                    now);
        });
        return owner;
    }
}
