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
import org.jdbi.v3.core.JdbiException;

/**
 * Invitations of colleagues by mail: the link opens one account, with the role and the address of the invitation.
 *
 * <p>Invariant: a link is used once, within {@link #VALIDITY} of its last sending, and only while the admin who sent it
 * still is one; a link that was sent again or revoked opens nothing. One address has one invitation at a time.
 *
 * <p>Lock order: the form's key, limits, the link, names and addresses.
 */
public final class InviteStaff {
    public static final Duration VALIDITY = Duration.ofHours(72);
    /** How long an invitation whose time is over can still be sent again. */
    private static final Duration SHOWN = Duration.ofDays(30);

    private static final int MOST_SHOWN = 200;
    private static final RateLimit LETTERS = new RateLimit(30, Duration.ofHours(1));

    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final Limits letters = new Limits("carta:invitacion", Optional.of(LETTERS));

    InviteStaff(Database database, DatabaseClock clock, DjangoPasswords passwords) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
    }

    /**
     * @param by the name of the admin; empty when the account is gone
     * @param over its time has passed, but it can be sent again
     */
    public record Invitation(
            long id, String email, Role role, String by, Instant sentAt, Instant until, boolean over) {}

    /** The outcome of a change of invitations. */
    public sealed interface Outcome {
        record Done() implements Outcome {}

        record Invalid(Unfit unfit) implements Outcome {}

        /** An account has the address: it can be given the role. */
        record HasAccount() implements Outcome {}

        /** Used, revoked, or never there. */
        record NotFound() implements Outcome {}

        record TooMany(Exceeded limit) implements Outcome {}

        record AppliedBefore(boolean same) implements Outcome {}
    }

    /** @param name the admin's, for the letter */
    public record Inviter(Actor actor, String name, Locale language) {}

    public List<Invitation> waiting() {
        return database.read(handle -> {
            Instant now = clock.now(handle);
            return LinkSql.waitingInvitations(handle, now.minus(SHOWN), MOST_SHOWN).stream()
                    .map(each -> new Invitation(
                            each.link().id(),
                            each.link().email(),
                            role(each.link()),
                            each.by(),
                            each.link().sentAt(),
                            each.link().until(),
                            !each.link().isGood(now)))
                    .toList();
        });
    }

    /** Invites, in place of any earlier invitation of this address. */
    public Outcome invite(String email, Role role, Inviter inviter, IdempotencyKey form) {
        Optional<Unfit> unfit = AccountRules.emailProblem(email);
        if (unfit.isPresent() || role == Role.CLIENTE) {
            return new Outcome.Invalid(unfit.orElse(Unfit.of("rol", "campo_obligatorio")));
        }
        return once(form, handle -> {
            Instant now = clock.now(handle);
            Optional<Exceeded> tooMany = tooMany(handle, inviter, now);
            if (tooMany.isPresent()) {
                return new Outcome.TooMany(tooMany.get());
            }
            if (AccountSql.hasEmail(handle, email)) {
                return new Outcome.HasAccount();
            }
            AccountSql.lockIdentity(handle, "", email);
            LinkSql.endInvitationsTo(handle, email, now)
                    .forEach(replaced -> Letters.cancelCodes(handle, keys(replaced), now));
            LinkToken token = LinkToken.make();
            Instant until = now.plus(VALIDITY);
            long id = LinkSql.insert(
                    handle,
                    Purpose.INVITATION,
                    token.hash(),
                    null,
                    email,
                    role.text(),
                    inviter.actor().userId(),
                    now,
                    until);
            write(handle, id, 1, email, role, inviter, token, now, until);
            audit(handle, inviter, "invitar", id, email, role, now);
            return new Outcome.Done();
        });
    }

    /** Sends an invitation again, with another link, from the admin who asks for it. */
    public Outcome resend(long id, Inviter inviter, IdempotencyKey form) {
        return once(form, handle -> {
            Instant now = clock.now(handle);
            Optional<Exceeded> tooMany = tooMany(handle, inviter, now);
            if (tooMany.isPresent()) {
                return new Outcome.TooMany(tooMany.get());
            }
            Optional<Link> locked = LinkSql.lock(handle, Purpose.INVITATION, id).filter(link -> !link.ended());
            if (locked.isEmpty()) {
                return new Outcome.NotFound();
            }
            Link link = locked.get();
            if (AccountSql.hasEmail(handle, link.email())) {
                return new Outcome.HasAccount();
            }
            LinkToken token = LinkToken.make();
            Instant until = now.plus(VALIDITY);
            Letters.cancelCodes(handle, keys(id), now);
            LinkSql.renew(handle, id, token.hash(), inviter.actor().userId(), now, until);
            write(handle, id, link.sendings() + 1, link.email(), role(link), inviter, token, now, until);
            audit(handle, inviter, "reenviar invitación", id, link.email(), role(link), now);
            return new Outcome.Done();
        });
    }

    public Outcome revoke(long id, Inviter inviter, IdempotencyKey form) {
        return once(form, handle -> {
            Instant now = clock.now(handle);
            Optional<Link> locked = LinkSql.lock(handle, Purpose.INVITATION, id).filter(link -> !link.ended());
            if (locked.isEmpty()) {
                return new Outcome.NotFound();
            }
            LinkSql.end(handle, id, LinkSql.End.REVOKED, now);
            Letters.cancelCodes(handle, keys(id), now);
            audit(handle, inviter, "revocar invitación", id, locked.get().email(), role(locked.get()), now);
            return new Outcome.Done();
        });
    }

    private interface Change {
        Outcome in(Handle handle);
    }

    private Outcome once(IdempotencyKey form, Change change) {
        Applied<Outcome> applied = database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> change.in(handle),
                outcome -> outcome instanceof Outcome.Done ? Optional.of("") : Optional.empty()));
        return switch (applied) {
            case Applied.Now<Outcome>(Outcome outcome) -> outcome;
            case Applied.Before<Outcome> before -> new Outcome.AppliedBefore(before.same());
        };
    }

    private Optional<Exceeded> tooMany(Handle handle, Inviter inviter, Instant now) {
        return letters.count(handle, Integer.toString(inviter.actor().userId()), now) instanceof Exceeded limit
                ? Optional.of(limit)
                : Optional.empty();
    }

    private static void write(
            Handle handle,
            long id,
            int sending,
            String email,
            Role role,
            Inviter inviter,
            LinkToken token,
            Instant now,
            Instant until) {
        Letter letter = Letter.invitation(
                email, inviter.language(), inviter.name(), role.text(), token.text(), until, keys(id) + sending);
        Letters.write(handle, letter, now);
    }

    private static String keys(long id) {
        return "invitacion-" + id + "-";
    }

    private static void audit(
            Handle handle, Inviter inviter, String action, long id, String email, Role role, Instant now) {
        AuditSql.write(
                handle, inviter.actor(), new Entry(action, "usuario", id, email, Map.of("rol", role.text())), now);
    }

    private static Role role(Link link) {
        return Role.parse(Objects.requireNonNullElse(link.role(), ""));
    }

    /** An invitation as its page greets the colleague. */
    public record Opened(String email, Role role) {}

    /** The invitation of a link; empty when the link is wrong, used, over or revoked, without telling which. */
    public Optional<Opened> open(String token) {
        return LinkToken.parse(token)
                .flatMap(parsed -> database.read(handle -> {
                    Instant now = clock.now(handle);
                    return LinkSql.find(handle, Purpose.INVITATION, parsed.hash())
                            .filter(link -> isGood(handle, link, now));
                }))
                .map(link -> new Opened(link.email(), role(link)));
    }

    private static boolean isGood(Handle handle, Link link, Instant now) {
        return link.isGood(now)
                && AccountSql.byId(handle, link.by())
                        .filter(by -> by.active() && by.role() == Role.ADMIN)
                        .isPresent();
    }

    /** The outcome of accepting an invitation. */
    public sealed interface Accepted {
        record Done(Profile profile) implements Accepted {}

        /** The link is wrong, used, over or revoked. */
        record Over() implements Accepted {}

        record Invalid(Unfit unfit) implements Accepted {}

        record UsernameTaken() implements Accepted {}

        /** Somebody opened an account with this address meanwhile. */
        record EmailTaken() implements Accepted {}

        record Busy() implements Accepted {}
    }

    public Accepted accept(String token, String givenUsername, String password, Client client) {
        Optional<Opened> opened = open(token);
        if (opened.isEmpty()) {
            return new Accepted.Over();
        }
        String username = AccountRules.normalise(givenUsername);
        Optional<Unfit> unfit = AccountRules.problem(username, opened.get().email(), password);
        if (unfit.isPresent()) {
            return new Accepted.Invalid(unfit.get());
        }
        try {
            String hash = passwords.hash(password, PasswordThreads.Lane.KNOWN);
            Accepted accepted = database.inTransaction(handle -> make(handle, token, username, hash, client));
            if (accepted instanceof Accepted.Done) {
                AccountLog.registered(username, client);
            }
            return accepted;
        } catch (PasswordsBusy busy) {
            return new Accepted.Busy();
        } catch (JdbiException failure) {
            if (RegisterAccount.isUsernameTaken(failure)) {
                return new Accepted.UsernameTaken();
            }
            throw failure;
        }
    }

    private Accepted make(Handle handle, String token, String username, String hash, Client client) {
        Optional<Link> locked =
                LinkToken.parse(token).flatMap(parsed -> LinkSql.lock(handle, Purpose.INVITATION, parsed.hash()));
        Instant now = clock.now(handle);
        Optional<Link> good = locked.filter(link -> isGood(handle, link, now));
        if (good.isEmpty()) {
            return new Accepted.Over();
        }
        Link link = good.get();
        Optional<Identity.Taken> taken = Identity.claim(handle, username, link.email());
        if (taken.isPresent()) {
            return taken.get() == Identity.Taken.USERNAME ? new Accepted.UsernameTaken() : new Accepted.EmailTaken();
        }
        int id = AccountSql.insert(handle, username, link.email(), hash, role(link), false, now);
        LinkSql.end(handle, link.id(), LinkSql.End.USED, now);
        AuditSql.write(
                handle,
                new Actor(id, client.addressText(), client.userAgent()),
                new Entry(
                        "aceptar invitación",
                        "usuario",
                        id,
                        username,
                        Map.of("rol", role(link).text(), "invitado_por", link.by())),
                now);
        return new Accepted.Done(new Profile(id, username, link.email(), role(link)));
    }
}
