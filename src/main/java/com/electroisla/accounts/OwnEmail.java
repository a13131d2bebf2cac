package com.electroisla.accounts;

import com.electroisla.accounts.LinkSql.Link;
import com.electroisla.accounts.LinkSql.Purpose;
import com.electroisla.accounts.LogIn.Confirmed;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The owner's change of address: a link to the new one, a notice to the old one, and nothing changes before the link is
 * confirmed by its owner, signed in.
 *
 * <p>Invariants: an address that another account has is treated like any other, with a link that nobody gets, so that
 * no answer tells who has an account. Whoever reads the new address's mail alone can confirm nothing: they are not
 * signed in. Of two who want one address, by a change or by a registration, one gets it, under {@link Identity}'s lock.
 *
 * <p>Lock order: the form's key, limits, names and addresses, the account, the link.
 */
public final class OwnEmail {
    public static final Duration VALIDITY = Duration.ofHours(24);

    private static final RateLimit OF_AN_ACCOUNT = new RateLimit(5, Duration.ofHours(1));
    private static final RateLimit OF_AN_ADDRESS = new RateLimit(3, Duration.ofHours(1));

    private final Database database;
    private final DatabaseClock clock;
    private final LogIn logIn;
    private final ConfirmedAddress confirmed;
    private final Limits ofAccount = new Limits("carta:cambio", Optional.of(OF_AN_ACCOUNT));
    private final Limits ofAddress = new Limits("carta:cambio-a", Optional.of(OF_AN_ADDRESS));

    /** @param confirmed is told of each address that was confirmed */
    OwnEmail(Database database, DatabaseClock clock, LogIn logIn, ConfirmedAddress confirmed) {
        this.database = database;
        this.clock = clock;
        this.logIn = logIn;
        this.confirmed = confirmed;
    }

    /** The outcome of asking for another address. */
    public sealed interface Asked {
        /** A link is on its way, unless another account has the address. */
        record Done() implements Asked {}

        record Invalid(Unfit unfit) implements Asked {}

        /** The account has it already. */
        record Same() implements Asked {}

        record WrongPassword() implements Asked {}

        record TooMany(Exceeded limit) implements Asked {}

        record Busy() implements Asked {}

        record AppliedBefore(boolean same) implements Asked {}
    }

    /** @param form the one-time key, whose contents are without the password */
    public Asked ask(Visitor who, String email, String password, Locale language, Client client, IdempotencyKey form) {
        Optional<Unfit> unfit = AccountRules.emailProblem(email)
                .or(() -> MailAddress.hasOneSpelling(email)
                        ? Optional.empty()
                        : Optional.of(Unfit.of("email", "correo_invalido")));
        if (unfit.isPresent()) {
            return new Asked.Invalid(unfit.get());
        }
        Optional<Asked> before = database.read(handle -> Applied.<Asked>before(handle, form))
                .map(applied -> new Asked.AppliedBefore(applied.same()));
        if (before.isPresent()) {
            return before.get();
        }
        return switch (logIn.confirm(who.username(), password, client)) {
            case LogInOutcome.LoggedIn<Confirmed>(Confirmed confirmed, var _) ->
                ask(who, confirmed, email, language, client, form);
            case LogInOutcome.TooManyFailures<Confirmed>(Exceeded limit) -> new Asked.TooMany(limit);
            case LogInOutcome.Busy<Confirmed> _ -> new Asked.Busy();
            case LogInOutcome.Refused<Confirmed> _,
                    LogInOutcome.CodeNeeded<Confirmed> _,
                    LogInOutcome.WrongCode<Confirmed> _,
                    LogInOutcome.FactorMissing<Confirmed> _ -> new Asked.WrongPassword();
        };
    }

    private Asked ask(
            Visitor who, Confirmed confirmed, String email, Locale language, Client client, IdempotencyKey form) {
        Applied<Asked> applied = database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> ask(handle, who, confirmed, email, language, client),
                asked -> asked instanceof Asked.Done ? Optional.of("") : Optional.empty()));
        return switch (applied) {
            case Applied.Now<Asked>(Asked asked) -> asked;
            case Applied.Before<Asked> done -> new Asked.AppliedBefore(done.same());
        };
    }

    private Asked ask(Handle handle, Visitor who, Confirmed confirmed, String email, Locale language, Client client) {
        Instant now = clock.now(handle);
        if (ofAccount.count(handle, Integer.toString(who.userId()), now) instanceof Exceeded limit) {
            return new Asked.TooMany(limit);
        }
        if (ofAddress.count(handle, MailAddress.subject(email), now) instanceof Exceeded limit) {
            return new Asked.TooMany(limit);
        }
        Optional<Account> locked = AccountSql.lock(handle, who.userId())
                .filter(account -> account.active() && account.passwordHash().equals(confirmed.hash()));
        if (locked.isEmpty()) {
            return new Asked.WrongPassword();
        }
        Account account = locked.get();
        if (account.email().equalsIgnoreCase(email)) {
            return new Asked.Same();
        }
        LinkSql.endOf(handle, Purpose.EMAIL, account.id(), now);
        Letters.cancelCodes(handle, keys(account.id()), now);
        LinkToken token = LinkToken.make();
        Instant until = now.plus(VALIDITY);
        long id = LinkSql.insert(
                handle, Purpose.EMAIL, token.hash(), account.id(), email, null, account.id(), now, until);
        String key = keys(account.id()) + id;
        if (AccountSql.isOthersEmail(handle, email, account.id())) {
            AccountSql.behind(handle, email)
                    .filter(owner -> owner.email().equalsIgnoreCase(email))
                    .ifPresent(owner -> Letters.write(
                            handle, Letter.accountExists(owner.email(), language, owner.username(), key), now));
        } else {
            Letters.write(
                    handle, Letter.emailChange(email, language, account.username(), token.text(), until, key), now);
        }
        if (AccountRules.emailProblem(account.email()).isEmpty()) {
            Letters.write(
                    handle,
                    Letter.emailChangeAsked(account.email(), language, account.username(), key + "-aviso"),
                    now);
        }
        AuditSql.write(
                handle,
                actor(who, client),
                new Entry("pedir otro correo", "usuario", account.id(), account.username(), Map.of()),
                now);
        return new Asked.Done();
    }

    private static String keys(int userId) {
        return "cambio-correo-" + userId + "-";
    }

    private static Actor actor(Visitor who, Client client) {
        return new Actor(who.userId(), client.addressText(), client.userAgent());
    }

    /** The outcome of confirming an address. */
    public sealed interface Confirming {
        record Done(String email) implements Confirming {}

        /** Wrong, used, over, replaced, or of another account; the caller is not told which. */
        record Over() implements Confirming {}

        /** Another account got the address meanwhile. */
        record Taken() implements Confirming {}
    }

    public Confirming confirm(Visitor who, String token, Locale language, Client client) {
        Optional<LinkToken> parsed = LinkToken.parse(token);
        if (parsed.isEmpty()) {
            return new Confirming.Over();
        }
        Confirming confirming = database.inTransaction(
                handle -> confirm(handle, who, parsed.get().hash(), language, client));
        if (confirming instanceof Confirming.Done) {
            AccountLog.emailChanged(who.username(), client);
        }
        return confirming;
    }

    private Confirming confirm(Handle handle, Visitor who, byte[] opening, Locale language, Client client) {
        Optional<Link> found = LinkSql.find(handle, Purpose.EMAIL, opening).filter(link -> isOf(link, who));
        if (found.isEmpty()) {
            return new Confirming.Over();
        }
        String email = found.get().email();
        AccountSql.lockIdentity(handle, "", email);
        Optional<Account> locked = AccountSql.lock(handle, who.userId()).filter(Account::active);
        Optional<Link> link = LinkSql.lock(handle, Purpose.EMAIL, opening);
        Instant now = clock.now(handle);
        if (locked.isEmpty()) {
            return new Confirming.Over();
        }
        Account account = locked.get();
        if (link.filter(its -> its.isGood(now)).isEmpty()) {
            // A second click finds what the first has done.
            return account.email().equals(email) ? new Confirming.Done(email) : new Confirming.Over();
        }
        LinkSql.end(handle, found.get().id(), LinkSql.End.USED, now);
        if (AccountSql.isOthersEmail(handle, email, account.id())) {
            return new Confirming.Taken();
        }
        AccountSql.setEmail(handle, account.id(), email);
        WaysBack.end(handle, account, now);
        CodeSql.endAll(handle, CodeSql.Purpose.RECOVERY, email, now);
        AuditSql.write(
                handle,
                actor(who, client),
                Entry.change(
                        "cambiar correo",
                        "usuario",
                        account.id(),
                        account.username(),
                        Map.of("email", account.email()),
                        Map.of("email", email)),
                now);
        if (AccountRules.emailProblem(account.email()).isEmpty()) {
            Letters.write(
                    handle,
                    Letter.emailChanged(
                            account.email(),
                            language,
                            account.username(),
                            "correo-cambiado-" + found.get().id()),
                    now);
        }
        confirmed.confirmed(handle, account.id(), email);
        return new Confirming.Done(email);
    }

    private static boolean isOf(Link link, Visitor who) {
        Integer owner = link.userId();
        return owner != null && owner == who.userId();
    }
}
