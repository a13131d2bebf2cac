package com.electroisla.accounts;

import com.electroisla.accounts.DjangoPasswords.Verdict;
import com.electroisla.accounts.LogInAttempt.Kind;
import com.electroisla.accounts.LogInAttempt.Opening;
import com.electroisla.accounts.PasswordThreads.Lane;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.limits.LimitResult;
import com.electroisla.limits.LimitResult.Allowed;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.limits.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Signs an account in by password.
 *
 * <p>Invariant: never more than the limit of failures for a user or an address, on any number of instances: an attempt
 * is counted as a failure and committed before the password is checked, and taken back only when the password was
 * right. An attempt that found no room for its computation stays counted. A refusal takes the same steps for every
 * account: see {@link DjangoPasswords} for their cost.
 *
 * <p>Attempts count for the account, however it was spelled: by its name, by its e-mail in any case, or by a name that
 * no account has.
 */
public final class LogIn {
    private static final String HALF = "a medias";

    /** How often an attempt is repeated because the hash changed while it was being verified. */
    private static final int TRIES = 3;

    /** How long the code of a second factor may come after the password. */
    private static final Duration HALF_WAY = Duration.ofMinutes(5);

    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final AddressLimits byAddress;
    private final Limits byUser;
    private final LoginTurns turns;
    private final LatelySucceeded lately;
    private final Sessions sessions;
    private final WebSessions webSessions;
    private final FactorCheck factors;
    private final ShopSecret secret;

    LogIn(
            Database database,
            DatabaseClock clock,
            DjangoPasswords passwords,
            AddressLimits byAddress,
            Limits byUser,
            LoginTurns turns,
            LatelySucceeded lately,
            Sessions sessions,
            WebSessions webSessions,
            FactorCheck factors,
            ShopSecret secret) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
        this.byAddress = byAddress;
        this.byUser = byUser;
        this.turns = turns;
        this.lately = lately;
        this.sessions = sessions;
        this.webSessions = webSessions;
        this.factors = factors;
        this.secret = secret;
    }

    /** One attempt by a program, which gets tokens. Neither text is empty. */
    public LogInOutcome<TokenPair> logIn(String username, String password, Client client) {
        return logIn(username, password, "", client);
    }

    /** @param code of the second factor; empty for none */
    public LogInOutcome<TokenPair> logIn(String username, String password, String code, Client client) {
        sessions.prepare();
        return logIn(username, password, code, client, Kind.PROGRAM, sessions::open);
    }

    /** One attempt by a browser, which gets a session for its cookie. Neither text is empty. */
    public LogInOutcome<WebSession> logInBrowser(String username, String password, Client client) {
        return logIn(username, password, "", client, Kind.BROWSER, webSessions::open);
    }

    /**
     * The second step of a browser whose account has a second factor; the first one was {@link #logInBrowser}. Refused
     * when it comes late, or when the password has changed meanwhile.
     */
    public LogInOutcome<WebSession> finishInBrowser(HalfWay half, String code, Client client) {
        Optional<Account> found = database.read(handle -> {
            boolean late = !clock.now(handle).isBefore(half.until());
            return late ? Optional.empty() : AccountSql.byId(handle, half.userId());
        });
        Optional<Account> same = found.filter(account -> account.active() && hasMark(account, half.mark()));
        if (same.isEmpty()) {
            return new LogInOutcome.Refused<>();
        }
        Account account = same.get();
        var attempt = new LogInAttempt<>(
                account.username(),
                account.username(),
                subject(account.username()),
                "",
                code,
                client,
                Kind.BROWSER,
                webSessions::open);
        return switch (factors.check(account, code, client, lane(attempt) == Lane.AT_HOME, false)) {
            case FactorCheck.Answer.Passed(boolean on, var _) ->
                enter(attempt, Optional.empty(), account, Verdict.ACCEPTED, on).orElseGet(LogInOutcome.Refused::new);
            case FactorCheck.Answer.Needed _, FactorCheck.Answer.Missing _ -> new LogInOutcome.CodeNeeded<>(half);
            case FactorCheck.Answer.Wrong _ -> wrongCode(attempt);
            case FactorCheck.Answer.TooMany(Exceeded limit) -> new LogInOutcome.TooManyFailures<>(limit);
        };
    }

    /**
     * The result of a question for the password of somebody who is signed in already.
     *
     * @param hash the account's, at this moment: a change that rests on the question finds the same one or does nothing
     */
    public record Confirmed(int userId, String hash) {
        @Override
        public String toString() {
            return "Confirmed[" + userId + "]";
        }
    }

    /**
     * Whether this is the password of a signed-in user who is about to change something of weight. A wrong one counts
     * like a failed sign-in: whoever found a session open guesses no faster than a stranger.
     */
    public LogInOutcome<Confirmed> confirm(String username, String password, Client client) {
        return logIn(
                username,
                password,
                "",
                client,
                Kind.QUESTION,
                (handle, account, _, _) -> new Confirmed(
                        account.id(),
                        AccountSql.byId(handle, account.id())
                                .map(Account::passwordHash)
                                .orElse("")));
    }

    private <S> LogInOutcome<S> logIn(
            String givenUsername, String password, String code, Client client, Kind kind, Opening<S> opening) {
        LogInAttempt<S> attempt = attempt(givenUsername, password, code, client, kind, opening);
        if (!byUser.isOn()) {
            return judge(attempt);
        }
        Optional<LoginTurns.Held> turn =
                turns.take(client.limitSubject(), attempt.subject(), lane(attempt) == Lane.AT_HOME);
        if (turn.isEmpty()) {
            return new LogInOutcome.Busy<>();
        }
        try (LoginTurns.Held _ = turn.get()) {
            return judge(attempt);
        }
    }

    private <S> LogInAttempt<S> attempt(
            String typed, String password, String code, Client client, Kind kind, Opening<S> opening) {
        var named = new LogInAttempt<>(typed, AccountRules.normalise(typed), "", password, code, client, kind, opening);
        Account meant = database.read(handle -> find(handle, named));
        return named.countedAs(subject(meant == null ? named.recordedUsername() : meant.username()));
    }

    /**
     * The subject of the limit for an account, and for a name that no account has. In lower case: otherwise the count
     * would tell a name that exists, whose other spellings no account has, from one that does not.
     */
    static String subject(String username) {
        return username.toLowerCase(Locale.ROOT);
    }

    private <S> LogInOutcome<S> judge(LogInAttempt<S> attempt) {
        return switch (database.inTransaction(handle -> begin(handle, attempt))) {
            case Begun.Over(Exceeded limit) -> {
                AccountLog.limitExceeded("login", attempt.username(), attempt.client());
                yield new LogInOutcome.TooManyFailures<>(limit);
            }
            case Begun.Counted counted -> judge(attempt, counted);
        };
    }

    private Lane lane(LogInAttempt<?> attempt) {
        return lately.laneOf(attempt.client().limitSubject(), attempt.subject());
    }

    /** The start of an attempt: over a limit, or counted in both. */
    private sealed interface Begun {
        record Over(Exceeded limit) implements Begun {}

        record Counted(
                List<Allowed> address,
                Allowed user,
                @Nullable Account account) implements Begun {}
    }

    private Begun begin(Handle handle, LogInAttempt<?> attempt) {
        Instant now = clock.now(handle);
        List<Allowed> addressCounted;
        switch (byAddress.count(handle, attempt.client(), now)) {
            case AddressLimits.Count.Over(Exceeded limit) -> {
                return new Begun.Over(limit);
            }
            case AddressLimits.Count.Within(List<Allowed> counted) -> addressCounted = counted;
        }
        LimitResult user = byUser.count(handle, attempt.subject(), now);
        if (!(user instanceof Allowed userCounted)) {
            byAddress.giveBack(handle, addressCounted);
            return new Begun.Over((Exceeded) user);
        }
        return new Begun.Counted(addressCounted, userCounted, find(handle, attempt));
    }

    private <S> LogInOutcome<S> judge(LogInAttempt<S> attempt, Begun.Counted counted) {
        try {
            Account account = counted.account();
            for (int tries = 0; tries < TRIES; tries++) {
                Verdict verdict = passwords.check(
                        lane(attempt),
                        attempt.password(),
                        account == null ? null : account.passwordHash(),
                        account != null && account.active());
                if (verdict == Verdict.REFUSED || account == null) {
                    return refuse(attempt);
                }
                FactorCheck.Answer factor = attempt.kind() == Kind.QUESTION
                        ? new FactorCheck.Answer.Passed(false, false)
                        : factors.check(
                                account,
                                attempt.code(),
                                attempt.client(),
                                lane(attempt) == Lane.AT_HOME,
                                attempt.kind() == Kind.PROGRAM);
                Optional<LogInOutcome<S>> entered = entered(attempt, counted, account, verdict, factor);
                if (entered.isPresent()) {
                    return entered.get();
                }
                account = database.read(handle -> find(handle, attempt));
            }
            return refuse(attempt);
        } catch (PasswordsBusy busy) {
            // The attempt stays counted: if it were taken back, a flood of attempts would cost the attacker nothing.
            return new LogInOutcome.Busy<>();
        }
    }

    /** The attempt after a right password; empty when the account has changed since. */
    private <S> Optional<LogInOutcome<S>> entered(
            LogInAttempt<S> attempt,
            Begun.Counted counted,
            Account account,
            Verdict verdict,
            FactorCheck.Answer factor) {
        return switch (factor) {
            case FactorCheck.Answer.Passed(boolean on, var _) ->
                enter(attempt, Optional.of(counted), account, verdict, on);
            case FactorCheck.Answer.Needed _ -> {
                database.useTransaction(handle -> giveBack(handle, counted));
                Instant until = database.read(clock::now).plus(HALF_WAY);
                yield Optional.of(new LogInOutcome.CodeNeeded<>(new HalfWay(account.id(), mark(account), until)));
            }
            case FactorCheck.Answer.Missing _ -> {
                database.useTransaction(handle -> giveBack(handle, counted));
                yield Optional.of(new LogInOutcome.FactorMissing<>());
            }
            case FactorCheck.Answer.Wrong _ -> Optional.of(wrongCode(attempt));
            case FactorCheck.Answer.TooMany(Exceeded limit) -> Optional.of(new LogInOutcome.TooManyFailures<>(limit));
        };
    }

    /** Tells one password of an account from another. */
    private String mark(Account account) {
        return HexFormat.of().formatHex(secret.hash(HALF, Integer.toString(account.id()), account.passwordHash()));
    }

    private boolean hasMark(Account account, String mark) {
        return secret.recognised(HALF, Integer.toString(account.id()), account.passwordHash()).stream()
                .anyMatch(each -> HexFormat.of().formatHex(each).equals(mark));
    }

    private <S> LogInOutcome<S> wrongCode(LogInAttempt<S> attempt) {
        refuse(attempt);
        return new LogInOutcome.WrongCode<>();
    }

    private <S> LogInOutcome<S> refuse(LogInAttempt<S> attempt) {
        database.useTransaction(handle -> AccountSql.insertAttempt(
                handle, attempt.recordedUsername(), attempt.client(), false, clock.now(handle)));
        AccountLog.loginFailed(attempt.username(), attempt.client());
        return new LogInOutcome.Refused<>();
    }

    /**
     * Opens the session; empty when the account's hash or state, or whether it has a second factor, changed since it
     * was verified.
     *
     * @param counted to be given back; empty for a second step, which counted nothing here
     */
    private <S> Optional<LogInOutcome<S>> enter(
            LogInAttempt<S> attempt,
            Optional<Begun.Counted> counted,
            Account account,
            Verdict verdict,
            boolean factor) {
        String verified = account.passwordHash();
        String hash = verdict == Verdict.ACCEPTED_OUTDATED
                ? raised(attempt.password()).orElse(verified)
                : verified;
        Optional<S> opened = database.inTransaction(handle -> {
            Instant now = clock.now(handle);
            if (!AccountSql.recordLogin(handle, account.id(), verified, hash, now)) {
                return Optional.empty();
            }
            if (attempt.kind() != Kind.QUESTION && FactorSql.isOn(handle, account.id()) != factor) {
                handle.rollback();
                return Optional.empty();
            }
            AccountSql.insertAttempt(handle, attempt.recordedUsername(), attempt.client(), true, now);
            S session = attempt.opening().open(handle, account, attempt.client(), now);
            counted.ifPresent(each -> giveBack(handle, each));
            return Optional.of(session);
        });
        opened.ifPresent(session -> {
            lately.entered(attempt.client().limitSubject(), attempt.subject());
            if (!(session instanceof Confirmed)) {
                AccountLog.loggedIn(account.username(), attempt.client());
            }
        });
        return opened.map(session -> new LogInOutcome.LoggedIn<>(session, Profile.of(account)));
    }

    /** A hash at the current count; empty when too many computations wait, and then the next login makes it. */
    private Optional<String> raised(String password) {
        try {
            return Optional.of(passwords.hash(password, Lane.AT_HOME));
        } catch (PasswordsBusy later) {
            return Optional.empty();
        }
    }

    private void giveBack(Handle handle, Begun.Counted counted) {
        byAddress.giveBack(handle, counted.address());
        byUser.giveBack(handle, counted.user());
    }

    private static @Nullable Account find(Handle handle, LogInAttempt<?> attempt) {
        return attempt.canExist()
                ? AccountSql.byLogin(handle, attempt.typed(), attempt.username())
                        .orElse(null)
                : null;
    }
}
