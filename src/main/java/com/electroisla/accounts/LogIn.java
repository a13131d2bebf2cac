package com.electroisla.accounts;

import com.electroisla.accounts.DjangoPasswords.Verdict;
import com.electroisla.accounts.PasswordThreads.Lane;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.limits.LimitResult;
import com.electroisla.limits.LimitResult.Allowed;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.limits.Limits;
import java.time.Instant;
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
    /** How often an attempt is repeated because the hash changed while it was being verified. */
    private static final int TRIES = 3;
    /** Longer than any name or e-mail of an account. */
    private static final int LONGEST_TYPED = 1_000;

    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final AddressLimits byAddress;
    private final Limits byUser;
    private final LoginTurns turns;
    private final LatelySucceeded lately;
    private final Sessions sessions;
    private final WebSessions webSessions;

    LogIn(
            Database database,
            DatabaseClock clock,
            DjangoPasswords passwords,
            AddressLimits byAddress,
            Limits byUser,
            LoginTurns turns,
            LatelySucceeded lately,
            Sessions sessions,
            WebSessions webSessions) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
        this.byAddress = byAddress;
        this.byUser = byUser;
        this.turns = turns;
        this.lately = lately;
        this.sessions = sessions;
        this.webSessions = webSessions;
    }

    /** One attempt by a program, which gets tokens. Neither text is empty. */
    public LogInOutcome<TokenPair> logIn(String username, String password, Client client) {
        sessions.prepare();
        return logIn(username, password, client, sessions::open);
    }

    /** One attempt by a browser, which gets a session for its cookie. Neither text is empty. */
    public LogInOutcome<WebSession> logInBrowser(String username, String password, Client client) {
        return logIn(username, password, client, webSessions::open);
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
        return logIn(username, password, client, (handle, account, _, _) -> new Confirmed(
                account.id(),
                AccountSql.byId(handle, account.id()).map(Account::passwordHash).orElse("")));
    }

    /** Opens tokens or a session in the transaction that records the login. */
    private interface Opening<S> {
        S open(Handle handle, Account account, Client client, Instant now);
    }

    private <S> LogInOutcome<S> logIn(String givenUsername, String password, Client client, Opening<S> opening) {
        Attempt<S> attempt = attempt(givenUsername, password, client, opening);
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

    private <S> Attempt<S> attempt(String typed, String password, Client client, Opening<S> opening) {
        var named = new Attempt<>(typed, AccountRules.normalise(typed), "", password, client, opening);
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

    private <S> LogInOutcome<S> judge(Attempt<S> attempt) {
        return switch (database.inTransaction(handle -> begin(handle, attempt))) {
            case Begun.Over(Exceeded limit) -> {
                AccountLog.limitExceeded("login", attempt.username(), attempt.client());
                yield new LogInOutcome.TooManyFailures<>(limit);
            }
            case Begun.Counted counted -> judge(attempt, counted);
        };
    }

    private Lane lane(Attempt<?> attempt) {
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

    private Begun begin(Handle handle, Attempt<?> attempt) {
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

    private <S> LogInOutcome<S> judge(Attempt<S> attempt, Begun.Counted counted) {
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
                Optional<LogInOutcome<S>> entered = enter(attempt, counted, account, verdict);
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

    private <S> LogInOutcome<S> refuse(Attempt<S> attempt) {
        database.useTransaction(handle -> AccountSql.insertAttempt(
                handle, attempt.recordedUsername(), attempt.client(), false, clock.now(handle)));
        AccountLog.loginFailed(attempt.username(), attempt.client());
        return new LogInOutcome.Refused<>();
    }

    /** Opens the session; empty when the account's hash or state changed since it was verified. */
    private <S> Optional<LogInOutcome<S>> enter(
            Attempt<S> attempt, Begun.Counted counted, Account account, Verdict verdict) {
        String verified = account.passwordHash();
        String hash = verdict == Verdict.ACCEPTED_OUTDATED
                ? raised(attempt.password()).orElse(verified)
                : verified;
        Optional<S> opened = database.inTransaction(handle -> {
            Instant now = clock.now(handle);
            if (!AccountSql.recordLogin(handle, account.id(), verified, hash, now)) {
                return Optional.empty();
            }
            AccountSql.insertAttempt(handle, attempt.recordedUsername(), attempt.client(), true, now);
            S session = attempt.opening().open(handle, account, attempt.client(), now);
            giveBack(handle, counted);
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

    private static @Nullable Account find(Handle handle, Attempt<?> attempt) {
        return attempt.canExist()
                ? AccountSql.byLogin(handle, attempt.typed(), attempt.username())
                        .orElse(null)
                : null;
    }

    /**
     * @param typed the name or e-mail
     * @param username the same text, normalised
     * @param subject the subject of the limit
     */
    private record Attempt<S>(
            String typed, String username, String subject, String password, Client client, Opening<S> opening) {
        Attempt<S> countedAs(String account) {
            return new Attempt<>(typed, username, account, password, client, opening);
        }

        /**
         * The name cut to the greatest length of a name, so that it fits the columns in which it is counted and
         * recorded.
         */
        String recordedUsername() {
            boolean fits = username.codePointCount(0, username.length()) <= AccountRules.LONGEST_USERNAME;
            String cut = fits
                    ? username
                    : username.substring(0, username.offsetByCodePoints(0, AccountRules.LONGEST_USERNAME));
            return cut.replaceAll("[\\p{Cs}\\x00]", "?");
        }

        boolean canExist() {
            return typed.length() <= LONGEST_TYPED
                    && username.length() <= LONGEST_TYPED
                    && typed.codePoints()
                            .noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
        }
    }
}
