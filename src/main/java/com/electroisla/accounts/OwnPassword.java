package com.electroisla.accounts;

import com.electroisla.accounts.LogIn.Confirmed;
import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.mail.Letter;
import com.electroisla.mail.Letters;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The owner's own change of password, which asks for the old one and ends every other sign-in, and whatever was mailed
 * to sign in by.
 *
 * <p>Invariant: the new password replaces the one that was asked for; one that was set meanwhile, by anybody, stays.
 */
public final class OwnPassword {
    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final LogIn logIn;
    private final Sessions sessions;

    OwnPassword(Database database, DatabaseClock clock, DjangoPasswords passwords, LogIn logIn, Sessions sessions) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
        this.logIn = logIn;
        this.sessions = sessions;
    }

    /** The outcome of a change of password. */
    public sealed interface Changed {
        record Done() implements Changed {}

        /** The old password is another one, or was changed meanwhile. */
        record WrongPassword() implements Changed {}

        record Invalid(Unfit unfit) implements Changed {}

        /** The new one is the old one. */
        record Same() implements Changed {}

        record TooMany(Exceeded limit) implements Changed {}

        record Busy() implements Changed {}

        record AppliedBefore(boolean same) implements Changed {}
    }

    /** @param form the one-time key, whose contents are without the passwords */
    public Changed change(
            Visitor who, String old, String password, Locale language, Client client, IdempotencyKey form) {
        Optional<Changed> before = database.read(handle -> Applied.<Changed>before(handle, form))
                .map(applied -> new Changed.AppliedBefore(applied.same()));
        if (before.isPresent()) {
            return before.get();
        }
        Optional<Account> account = database.read(handle -> AccountSql.byId(handle, who.userId()));
        Optional<Unfit> unfit =
                account.flatMap(found -> AccountRules.passwordProblem(found.username(), found.email(), password));
        if (unfit.isPresent()) {
            return new Changed.Invalid(unfit.get());
        }
        return switch (logIn.confirm(who.username(), old, client)) {
            case LogInOutcome.LoggedIn<Confirmed>(Confirmed confirmed, var _) ->
                old.equals(password) ? new Changed.Same() : set(who, confirmed, password, language, client, form);
            case LogInOutcome.Refused<Confirmed> _,
                    LogInOutcome.CodeNeeded<Confirmed> _,
                    LogInOutcome.WrongCode<Confirmed> _,
                    LogInOutcome.FactorMissing<Confirmed> _ -> new Changed.WrongPassword();
            case LogInOutcome.TooManyFailures<Confirmed>(Exceeded limit) -> new Changed.TooMany(limit);
            case LogInOutcome.Busy<Confirmed> _ -> new Changed.Busy();
        };
    }

    private Changed set(
            Visitor who, Confirmed confirmed, String password, Locale language, Client client, IdempotencyKey form) {
        try {
            String hash = passwords.hash(password, PasswordThreads.Lane.AT_HOME);
            Applied<Optional<List<String>>> applied = database.inTransaction(handle -> Applied.once(
                    handle,
                    form,
                    clock,
                    () -> AccountSql.lock(handle, who.userId())
                            .filter(account ->
                                    account.active() && account.passwordHash().equals(confirmed.hash()))
                            .map(account -> set(handle, who, account, hash, language, client)),
                    families -> families.map(_ -> "")));
            return switch (applied) {
                case Applied.Before<Optional<List<String>>> done -> new Changed.AppliedBefore(done.same());
                case Applied.Now<Optional<List<String>>>(Optional<List<String>> families) -> {
                    families.ifPresent(ended -> {
                        sessions.ended(ended);
                        AccountLog.passwordChanged(who.username());
                    });
                    yield families.isPresent() ? new Changed.Done() : new Changed.WrongPassword();
                }
            };
        } catch (PasswordsBusy busy) {
            return new Changed.Busy();
        }
    }

    private List<String> set(Handle handle, Visitor who, Account account, String hash, Locale language, Client client) {
        Instant now = clock.now(handle);
        AccountSql.changePassword(handle, account.id(), hash);
        WaysBack.end(handle, account, now);
        AuditSql.write(
                handle,
                new Actor(account.id(), client.addressText(), client.userAgent()),
                new Entry("cambiar contraseña", "usuario", account.id(), account.username(), Map.of()),
                now);
        if (AccountRules.emailProblem(account.email()).isEmpty()) {
            Letters.write(
                    handle,
                    Letter.passwordChanged(
                            account.email(),
                            language,
                            account.username(),
                            "clave-cambiada-" + account.id() + "-" + now.toEpochMilli()),
                    now);
        }
        return sessions.revokeOthersOf(handle, account.id(), who.sessionId(), "cambio_clave", now);
    }
}
