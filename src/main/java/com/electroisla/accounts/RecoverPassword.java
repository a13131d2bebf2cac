package com.electroisla.accounts;

import com.electroisla.accounts.CodeAttempts.Aim;
import com.electroisla.accounts.CodeAttempts.Guess;
import com.electroisla.accounts.CodeSql.Purpose;
import com.electroisla.accounts.CodeSql.Row;
import com.electroisla.accounts.MailCodes.Code;
import com.electroisla.accounts.OldCodeSql.OldRecovery;
import com.electroisla.accounts.PasswordThreads.Lane;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.limits.LimitResult;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.mail.Letter;
import com.electroisla.mail.Letters;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Sets a forgotten password for somebody who reads the account's mail.
 *
 * <p>Invariants: a code sets the password of the account that it was mailed for, once, and while the account still has
 * that address; with it every session of the account ends. An address that no account has is treated like any other,
 * with a code that nobody is sent.
 */
public final class RecoverPassword {
    /** The accounts that share one address get a code each, up to this number; the old shop allowed such accounts. */
    private static final int MOST_ACCOUNTS = 3;

    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final LatelySucceeded lately;
    private final MailCodes codes;
    private final CodeAttempts attempts;
    private final LetterLimits limits;
    private final Sessions sessions;

    RecoverPassword(
            Database database,
            DatabaseClock clock,
            DjangoPasswords passwords,
            LatelySucceeded lately,
            MailCodes codes,
            CodeAttempts attempts,
            LetterLimits limits,
            Sessions sessions) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
        this.lately = lately;
        this.codes = codes;
        this.attempts = attempts;
        this.limits = limits;
        this.sessions = sessions;
    }

    /** Mails a code to the address if an account has it. The caller learns nothing, not even that a limit was met. */
    public void ask(String email, Locale language, Client client) {
        codes.prepare();
        boolean tooMany = database.inTransaction(handle -> {
            Instant now = clock.now(handle);
            LimitResult counted = limits.recovery(handle, email, client, now);
            if (counted instanceof LimitResult.Allowed) {
                send(handle, email, language, client, now);
            }
            return counted instanceof Exceeded;
        });
        if (tooMany) {
            AccountLog.limitExceeded("recuperación", email, client);
        }
    }

    private void send(Handle handle, String email, Locale language, Client client, Instant now) {
        CodeSql.endAll(handle, Purpose.RECOVERY, email, now);
        List<Account> accounts = AccountSql.recoverable(handle, email, MOST_ACCOUNTS).stream()
                .filter(account -> AccountRules.emailProblem(account.email()).isEmpty())
                .toList();
        if (accounts.isEmpty()) {
            CodeSql.insertRecovery(handle, codes.nobodys(), email, null, now, client);
            // Nothing is stopped; it is there for the time that it takes.
            Letters.cancelCodes(handle, keys(0), now);
        }
        for (Account account : accounts) {
            Code code = codes.make();
            Letters.cancelCodes(handle, keys(account.id()), now);
            long id = CodeSql.insertRecovery(handle, code.kept(), email, account.id(), now, client);
            Letter letter = Letter.recoveryCode(
                    account.email(),
                    language,
                    account.username(),
                    code.digits(),
                    now.plus(MailCodes.VALIDITY),
                    keys(account.id()) + id);
            Letters.write(handle, letter, now);
        }
    }

    private static String keys(int userId) {
        return "recuperacion-" + userId + "-";
    }

    /** The outcome of setting a password with a code. */
    public sealed interface Reset {
        record Done() implements Reset {}

        /** Wrong, ended or never sent; the caller is not told which. */
        record Wrong() implements Reset {}

        record Invalid(Unfit unfit) implements Reset {}

        record TooMany(Exceeded limit) implements Reset {}

        record Busy() implements Reset {}
    }

    /** A code that was recognised: whose it is, and the row of the old shop's if it is there. */
    private record Recognised(int userId, Optional<Long> oldRow) {}

    public Reset reset(String email, String digits, String password, Client client) {
        Optional<Unfit> unfit = AccountRules.passwordProblem("", email, password);
        if (unfit.isPresent()) {
            return new Reset.Invalid(unfit.get());
        }
        codes.prepare();
        Aim aim = Aim.recovery(email, client, isAtHome(email, client));
        return switch (attempts.guess(aim, (handle, now) -> compare(handle, email, digits, now))) {
            case Guess.Right<Recognised>(Recognised its) -> set(its, email, digits, password, client);
            case Guess.Wrong<Recognised> _ -> new Reset.Wrong();
            case Guess.TooMany<Recognised>(Exceeded limit) -> new Reset.TooMany(limit);
            case Guess.Busy<Recognised> _ -> new Reset.Busy();
        };
    }

    /** Accounts that share the address must all be the client's: else one owner could guess at the other's code. */
    private boolean isAtHome(String email, Client client) {
        List<Account> accounts = database.read(handle -> AccountSql.recoverable(handle, email, MOST_ACCOUNTS + 1));
        return !accounts.isEmpty()
                && accounts.stream()
                        .allMatch(each ->
                                lately.laneOf(client.limitSubject(), LogIn.subject(each.username())) == Lane.AT_HOME);
    }

    private Optional<Recognised> compare(Handle handle, String email, String digits, Instant now) {
        List<Row> rows = CodeSql.lockGood(handle, Purpose.RECOVERY, email, now);
        Optional<Recognised> ours = opened(rows, digits);
        if (ours.isPresent()) {
            return ours;
        }
        CodeSql.countFailure(handle, rows);
        if (!OldCodeSql.keepsRecoveries(handle)) {
            return Optional.empty();
        }
        List<OldRecovery> old = OldCodeSql.lockGoodRecoveries(handle, email, now);
        Optional<Recognised> theirs = openedOld(old, digits);
        if (theirs.isEmpty()) {
            OldCodeSql.countRecoveryFailure(handle, old);
        }
        return theirs;
    }

    /** All rows are compared, so that the time tells nothing. */
    private Optional<Recognised> opened(List<Row> rows, String digits) {
        return rows.stream().filter(row -> codes.opens(digits, row.kept())).toList().stream()
                .findFirst()
                .map(row -> new Recognised(Objects.requireNonNull(row.userId()), Optional.empty()));
    }

    private static Optional<Recognised> openedOld(List<OldRecovery> rows, String digits) {
        return rows.stream().filter(row -> MailCodes.same(row.code(), digits)).toList().stream()
                .findFirst()
                .map(row -> new Recognised(row.userId(), Optional.of(row.id())));
    }

    /**
     * The hash is computed for a right code only, and outside of a transaction. So the code is looked for once more
     * where it is used up: of two requests with it, one finds it.
     */
    private Reset set(Recognised its, String email, String digits, String password, Client client) {
        Optional<Account> account = database.read(handle -> AccountSql.byId(handle, its.userId()));
        Optional<Unfit> unfit =
                account.flatMap(found -> AccountRules.passwordProblem(found.username(), found.email(), password));
        if (unfit.isPresent()) {
            return new Reset.Invalid(unfit.get());
        }
        try {
            String hash = passwords.hash(password, lately.laneOf(client.limitSubject()));
            record Changed(String username, List<String> families) {}
            Optional<Changed> changed = database.inTransaction(handle -> {
                // The account first, as in every change of a password.
                Optional<Account> locked = AccountSql.lock(handle, its.userId())
                        .filter(owner -> owner.active() && owner.email().equalsIgnoreCase(email));
                Instant now = clock.now(handle);
                if (!isStillGood(handle, its, email, digits, now)) {
                    return Optional.empty();
                }
                return locked.map(owner -> {
                    AccountSql.changePassword(handle, owner.id(), hash);
                    WaysBack.end(handle, owner, now);
                    List<String> families = sessions.revokeAllOf(handle, owner.id(), "recuperacion", now);
                    return new Changed(owner.username(), families);
                });
            });
            changed.ifPresent(done -> {
                sessions.ended(done.families());
                AccountLog.passwordChanged(done.username());
            });
            return changed.isPresent() ? new Reset.Done() : new Reset.Wrong();
        } catch (PasswordsBusy busy) {
            return new Reset.Busy();
        }
    }

    private boolean isStillGood(Handle handle, Recognised its, String email, String digits, Instant now) {
        return its.oldRow().isEmpty()
                ? opened(CodeSql.lockGood(handle, Purpose.RECOVERY, email, now), digits)
                        .filter(its::equals)
                        .isPresent()
                : openedOld(OldCodeSql.lockGoodRecoveries(handle, email, now), digits)
                        .filter(its::equals)
                        .isPresent();
    }
}
