package com.electroisla.accounts;

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
 * has at most {@link #OF_A_DAY} wrong guesses a day, however many codes are asked for. Beside that, wrong guesses are
 * limited like wrong passwords, for the address and for the client. What counts here is the address as it was sent,
 * whether or not anybody has it, so no count tells.
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
    private final Limits byAddress;
    private final Limits ofDay = new Limits("codigo:quien-dia", Optional.of(OF_A_DAY));
    private final LoginTurns turns = new LoginTurns(LONGEST_WAIT_FOR_A_TURN);

    /** @param failures the limit of wrong passwords */
    CodeAttempts(Database database, DatabaseClock clock, Optional<RateLimit> failures) {
        this.database = database;
        this.clock = clock;
        this.byClient = new AddressLimits("codigo:ip", failures);
        this.byAddress = new Limits("codigo:quien", failures);
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
    <T> Guess<T> guess(String email, Client client, Comparison<T> comparison) {
        String subject = MailAddress.subject(email);
        Optional<LoginTurns.Held> turn = turns.take(client.limitSubject(), subject, false);
        if (turn.isEmpty()) {
            return new Guess.Busy<>();
        }
        try (LoginTurns.Held _ = turn.get()) {
            Guess<T> guess = database.inTransaction(handle -> counted(handle, subject, client, comparison));
            if (guess instanceof Guess.TooMany<T>) {
                AccountLog.limitExceeded("codigo", subject, client);
            }
            return guess;
        }
    }

    private <T> Guess<T> counted(Handle handle, String subject, Client client, Comparison<T> comparison) {
        Instant now = clock.now(handle);
        List<Allowed> clientCounted;
        switch (byClient.count(handle, client, now)) {
            case AddressLimits.Count.Over(Exceeded limit) -> {
                return new Guess.TooMany<>(limit);
            }
            case AddressLimits.Count.Within(List<Allowed> counted) -> clientCounted = counted;
        }
        LimitResult address = byAddress.count(handle, subject, now);
        if (!(address instanceof Allowed addressCounted)) {
            byClient.giveBack(handle, clientCounted);
            return new Guess.TooMany<>((Exceeded) address);
        }
        LimitResult day = ofDay.count(handle, subject, now);
        if (!(day instanceof Allowed dayCounted)) {
            byClient.giveBack(handle, clientCounted);
            byAddress.giveBack(handle, addressCounted);
            return new Guess.TooMany<>((Exceeded) day);
        }
        Optional<T> right = comparison.with(handle, clock.now(handle));
        if (right.isEmpty()) {
            return new Guess.Wrong<>();
        }
        byClient.giveBack(handle, clientCounted);
        byAddress.giveBack(handle, addressCounted);
        ofDay.giveBack(handle, dayCounted);
        return new Guess.Right<>(right.get());
    }
}
