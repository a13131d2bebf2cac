package com.electroisla.accounts;

import com.electroisla.accounts.CodeAttempts.Aim;
import com.electroisla.accounts.CodeAttempts.Guess;
import com.electroisla.accounts.CodeSql.Purpose;
import com.electroisla.accounts.CodeSql.Row;
import com.electroisla.accounts.OldCodeSql.OldSignUp;
import com.electroisla.limits.LimitResult.Exceeded;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Opens an account for a buyer once a mailed code shows that they read the mail of their address.
 *
 * <p>Invariant: a registration is no account before its own code was sent back: a code opens the registration that it
 * was mailed for and no other of the same address, so nobody confirms a stranger's password with it.
 */
public final class ConfirmSignUp {
    private final LatelySucceeded lately;
    private final MailCodes codes;
    private final CodeAttempts attempts;
    private final ConfirmedAddress confirmed;

    /** @param confirmed is told of each account that was opened */
    ConfirmSignUp(LatelySucceeded lately, MailCodes codes, CodeAttempts attempts, ConfirmedAddress confirmed) {
        this.lately = lately;
        this.codes = codes;
        this.attempts = attempts;
        this.confirmed = confirmed;
    }

    /** The outcome of sending a code back. */
    public sealed interface Confirmed {
        record Opened(Profile profile) implements Confirmed {}

        /** Wrong, ended or never sent; the caller is not told which. */
        record Wrong() implements Confirmed {}

        record Taken(boolean username) implements Confirmed {}

        record TooMany(Exceeded limit) implements Confirmed {}

        record Busy() implements Confirmed {}
    }

    /** Opens the account whose registration this code belongs to. */
    public Confirmed confirm(String email, String digits, Client client) {
        codes.prepare();
        Confirmed outcome;
        try {
            outcome = switch (attempts.guess(
                    Aim.signUp(email, client), (handle, now) -> compare(handle, email, digits, now))) {
                case Guess.Right<Confirmed>(Confirmed right) -> right;
                case Guess.Wrong<Confirmed> _ -> new Confirmed.Wrong();
                case Guess.TooMany<Confirmed>(Exceeded limit) -> new Confirmed.TooMany(limit);
                case Guess.Busy<Confirmed> _ -> new Confirmed.Busy();
            };
        } catch (JdbiException failure) {
            if (!RegisterAccount.isUsernameTaken(failure)) {
                throw failure;
            }
            outcome = new Confirmed.Taken(true);
        }
        if (outcome instanceof Confirmed.Opened(Profile profile)) {
            lately.entered(client.limitSubject(), LogIn.subject(profile.username()));
            AccountLog.registered(profile.username(), client);
        }
        return outcome;
    }

    private Optional<Confirmed> compare(Handle handle, String email, String digits, Instant now) {
        List<Row> rows = CodeSql.lockGood(handle, Purpose.SIGN_UP, email, now);
        List<Row> opened =
                rows.stream().filter(row -> codes.opens(digits, row.kept())).toList();
        if (!opened.isEmpty()) {
            return Optional.of(open(handle, opened.getFirst(), now));
        }
        CodeSql.countFailure(handle, rows);
        return OldCodeSql.keepsSignUps(handle) ? compareOld(handle, email, digits, now) : Optional.empty();
    }

    private Optional<Confirmed> compareOld(Handle handle, String email, String digits, Instant now) {
        List<OldSignUp> rows = OldCodeSql.lockGoodSignUps(handle, email, now);
        List<OldSignUp> opened =
                rows.stream().filter(row -> MailCodes.same(row.code(), digits)).toList();
        if (opened.isEmpty()) {
            OldCodeSql.countSignUpFailure(handle, rows);
            return Optional.empty();
        }
        OldSignUp its = opened.getFirst();
        Confirmed outcome = open(handle, its.wanted(), its.passwordHash(), now);
        if (outcome instanceof Confirmed.Opened(Profile profile)) {
            OldCodeSql.confirmSignUp(handle, its.id(), profile.id(), now);
        }
        return Optional.of(outcome);
    }

    private Confirmed open(Handle handle, Row row, Instant now) {
        SignUp wanted = new SignUp(
                Objects.requireNonNull(row.username()),
                Objects.requireNonNull(row.email()),
                "",
                Objects.requireNonNullElse(row.firstName(), ""),
                Objects.requireNonNullElse(row.lastName(), ""));
        Confirmed outcome = open(handle, wanted, Objects.requireNonNull(row.passwordHash()), now);
        Long old = row.oldRequest();
        if (outcome instanceof Confirmed.Opened(Profile profile) && old != null && OldCodeSql.keepsSignUps(handle)) {
            OldCodeSql.confirmSignUp(handle, old, profile.id(), now);
        }
        return outcome;
    }

    private Confirmed open(Handle handle, SignUp wanted, String passwordHash, Instant now) {
        Optional<Identity.Taken> taken = Identity.claim(handle, wanted.username(), wanted.email());
        if (taken.isPresent()) {
            return new Confirmed.Taken(taken.get() == Identity.Taken.USERNAME);
        }
        int made = AccountSql.insert(
                handle,
                wanted.username(),
                wanted.email(),
                passwordHash,
                Role.CLIENTE,
                false,
                wanted.firstName(),
                wanted.lastName(),
                now);
        CodeSql.endAll(handle, Purpose.SIGN_UP, wanted.email(), now);
        confirmed.confirmed(handle, made, wanted.email());
        return new Confirmed.Opened(new Profile(made, wanted.username(), wanted.email(), Role.CLIENTE));
    }
}
