package com.electroisla.accounts;

import com.electroisla.accounts.CodeSql.Purpose;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.limits.LimitResult;
import com.electroisla.limits.LimitResult.Allowed;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.limits.Limits;
import com.electroisla.settings.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Guesses at mailed codes.
 *
 * <p>Invariant: of any number of guesses, at the same moment and on any instances, a code is compared with at most
 * {@link MailCodes#MOST_FAILURES} wrong ones, because a guess locks the rows that it is compared with; and an address
 * has at most {@link #OF_A_DAY} wrong guesses a day from all strangers, however many codes are asked for. Beside that,
 * wrong guesses are limited like wrong passwords, for the address and for the client. What counts here is the address
 * as it was sent, whether or not anybody has it, so no count tells.
 *
 * <p>Each purpose has counts of its own. So has, for a new password, each client that lately signed in to the account:
 * strangers who use up their guesses do not keep the owner from theirs.
 *
 * <p>Guesses at one address take turns on an instance, so a crowd of them holds one connection and not all.
 *
 * <p>Lock order: limits, codes, accounts.
 */
final class CodeAttempts {
    /** With codes of six digits a chance of 30 in a million a day. */
    static final RateLimit OF_A_DAY = new RateLimit(30, Duration.ofDays(1));

    private static final Duration LONGEST_WAIT_FOR_A_TURN = Duration.ofSeconds(30);

    private final Database database;
    private final DatabaseClock clock;
    private final AddressLimits byClient;
    private final ByAddress ofSignUps;
    private final ByAddress ofRecoveries;
    private final ByAddress ofOwners;
    private final LoginTurns turns = new LoginTurns(LONGEST_WAIT_FOR_A_TURN);

    /** @param failures the limit of wrong passwords */
    CodeAttempts(Database database, DatabaseClock clock, Optional<RateLimit> failures) {
        this.database = database;
        this.clock = clock;
        this.byClient = new AddressLimits("codigo:ip", failures);
        this.ofSignUps = ByAddress.of("codigo-registro", failures);
        this.ofRecoveries = ByAddress.of("codigo-recuperacion", failures);
        this.ofOwners = ByAddress.of("codigo-dueno", failures);
    }

    /** The limits of wrong guesses at the codes of an address. */
    private record ByAddress(Limits atOnce, Limits ofDay) {
        static ByAddress of(String purpose, Optional<RateLimit> failures) {
            return new ByAddress(
                    new Limits(purpose + ":quien", failures), new Limits(purpose + ":dia", Optional.of(OF_A_DAY)));
        }
    }

    /** The codes that are guessed at: those of an address, for one purpose. */
    record Aim(Purpose purpose, String email, Client client, boolean atHome) {
        static Aim signUp(String email, Client client) {
            return new Aim(Purpose.SIGN_UP, email, client, false);
        }

        /** @param atHome whether the client lately signed in to the account that has the address */
        static Aim recovery(String email, Client client, boolean atHome) {
            return new Aim(Purpose.RECOVERY, email, client, atHome);
        }

        private String subject() {
            return MailAddress.subject(email);
        }

        private String counted() {
            return atHome ? client.limitSubject() + ' ' + subject() : subject();
        }
    }

    /** The outcome of a guess. */
    sealed interface Guess<T> {
        record Right<T>(T result) implements Guess<T> {}

        record Wrong<T>() implements Guess<T> {}

        record TooMany<T>(Exceeded limit) implements Guess<T> {}

        record Busy<T>() implements Guess<T> {}
    }

    /** Compares a guess with the rows of its address; empty when it opens none, and then it has been counted there. */
    interface Comparison<T> {
        Optional<T> with(Handle handle, Instant now);
    }

    /** Compares one guess in a transaction that counts it first, and takes that back if it was right. */
    <T> Guess<T> guess(Aim aim, Comparison<T> comparison) {
        String subject = aim.subject();
        Optional<LoginTurns.Held> turn = turns.take(aim.client().limitSubject(), subject, aim.atHome());
        if (turn.isEmpty()) {
            return new Guess.Busy<>();
        }
        try (LoginTurns.Held _ = turn.get()) {
            Guess<T> guess = database.inTransaction(handle -> counted(handle, aim, comparison));
            if (guess instanceof Guess.TooMany<T>) {
                AccountLog.limitExceeded("codigo", subject, aim.client());
            }
            return guess;
        }
    }

    private ByAddress limits(Aim aim) {
        return aim.atHome() ? ofOwners : aim.purpose() == Purpose.SIGN_UP ? ofSignUps : ofRecoveries;
    }

    private <T> Guess<T> counted(Handle handle, Aim aim, Comparison<T> comparison) {
        Instant now = clock.now(handle);
        Limits atOnce = limits(aim).atOnce();
        Limits ofDay = limits(aim).ofDay();
        List<Allowed> clientCounted;
        switch (byClient.count(handle, aim.client(), now)) {
            case AddressLimits.Count.Over(Exceeded limit) -> {
                return new Guess.TooMany<>(limit);
            }
            case AddressLimits.Count.Within(List<Allowed> counted) -> clientCounted = counted;
        }
        LimitResult address = atOnce.count(handle, aim.counted(), now);
        if (!(address instanceof Allowed addressCounted)) {
            byClient.giveBack(handle, clientCounted);
            return new Guess.TooMany<>((Exceeded) address);
        }
        LimitResult day = ofDay.count(handle, aim.counted(), now);
        if (!(day instanceof Allowed dayCounted)) {
            byClient.giveBack(handle, clientCounted);
            atOnce.giveBack(handle, addressCounted);
            return new Guess.TooMany<>((Exceeded) day);
        }
        Optional<T> right = comparison.with(handle, clock.now(handle));
        if (right.isEmpty()) {
            return new Guess.Wrong<>();
        }
        byClient.giveBack(handle, clientCounted);
        atOnce.giveBack(handle, addressCounted);
        ofDay.giveBack(handle, dayCounted);
        return new Guess.Right<>(right.get());
    }
}
