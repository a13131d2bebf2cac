package com.electroisla.accounts;

import com.electroisla.accounts.FactorSql.Kept;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.limits.LimitResult;
import com.electroisla.limits.LimitResult.Allowed;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.limits.Limits;
import com.electroisla.settings.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Asks for the second factor of an account whose password was right.
 *
 * <p>Invariants: a code is good once, on any number of instances, because the account's factor is locked while it is
 * compared and the half minute of the code is noted. An account has at most {@link #AT_ONCE} wrong codes a minute and
 * {@link #OF_A_DAY} a day from strangers; each client that lately signed in to it has a count of its own, so that
 * somebody who found out the password does not lock the owner out.
 *
 * <p>Lock order: limits, the factor.
 */
final class FactorCheck {
    static final RateLimit AT_ONCE = new RateLimit(5, Duration.ofMinutes(1));
    /** Three codes of a million are good at any moment: a chance of 1.5 in ten thousand a day, password in hand. */
    static final RateLimit OF_A_DAY = new RateLimit(50, Duration.ofDays(1));

    private final Database database;
    private final DatabaseClock clock;
    private final FactorSecret secrets;
    private final Limits ofDay = new Limits("factor:dia", Optional.of(OF_A_DAY));
    private final Limits atOnce = new Limits("factor:momento", Optional.of(AT_ONCE));

    FactorCheck(Database database, DatabaseClock clock, FactorSecret secrets) {
        this.database = database;
        this.clock = clock;
        this.secrets = secrets;
    }

    /** The outcome of the question. */
    sealed interface Answer {
        /**
         * @param on whether the account has a factor at all
         * @param byRecoveryCode whether a recovery code was used up
         */
        record Passed(boolean on, boolean byRecoveryCode) implements Answer {}

        /** The account has a factor, and no code was given. */
        record Needed() implements Answer {}

        record Wrong() implements Answer {}

        record TooMany(Exceeded limit) implements Answer {}

        /** The account must have a factor, and has none. */
        record Missing() implements Answer {}
    }

    /**
     * @param code as typed; empty for none
     * @param atHome whether the client lately signed in to the account
     * @param program whether it is a sign-in by the API, which cannot lead anybody to set up a factor
     */
    Answer check(Account account, String code, Client client, boolean atHome, boolean program) {
        record Facts(boolean on, boolean required) {}
        Facts facts = database.read(handle -> {
            boolean on = FactorSql.isOn(handle, account.id());
            return new Facts(on, !on && program && isRequiredOf(handle, account));
        });
        if (!facts.on()) {
            return facts.required() ? new Answer.Missing() : new Answer.Passed(false, false);
        }
        if (code.isBlank()) {
            return new Answer.Needed();
        }
        Answer answer = database.inTransaction(handle -> counted(handle, account, code, client, atHome));
        if (answer instanceof Answer.TooMany) {
            AccountLog.limitExceeded("segundo factor", account.username(), client);
        } else if (answer instanceof Answer.Passed(var _, boolean recovery) && recovery) {
            AccountLog.recoveryCodeUsed(account.username(), client);
        }
        return answer;
    }

    /** Whether the account is one that the admins require a factor of. */
    static boolean isRequiredOf(Handle handle, Account account) {
        return account.role() != Role.CLIENTE && FactorSql.isRequired(handle);
    }

    /** Whether the account must have a factor and has none. */
    static boolean isMissing(Handle handle, Account account) {
        return isRequiredOf(handle, account) && !FactorSql.isOn(handle, account.id());
    }

    private Answer counted(Handle handle, Account account, String code, Client client, boolean atHome) {
        Instant now = clock.now(handle);
        String subject = atHome ? account.id() + " " + client.limitSubject() : Integer.toString(account.id());
        LimitResult day = ofDay.count(handle, subject, now);
        if (!(day instanceof Allowed dayCounted)) {
            return new Answer.TooMany((Exceeded) day);
        }
        LimitResult moment = atOnce.count(handle, subject, now);
        if (!(moment instanceof Allowed momentCounted)) {
            ofDay.giveBack(handle, dayCounted);
            return new Answer.TooMany((Exceeded) moment);
        }
        Optional<Kept> kept = FactorSql.lock(handle, account.id());
        String digits = code.replaceAll("[\\s-]", "");
        boolean recovery = !digits.matches("[0-9]{6}");
        boolean opens = kept.isEmpty()
                || (recovery
                        ? FactorSql.useCode(
                                handle, account.id(), FactorCodes.hash(account.id(), code), clock.now(handle))
                        : opens(handle, account, kept.get(), digits, clock.now(handle)));
        if (!opens) {
            return new Answer.Wrong();
        }
        ofDay.giveBack(handle, dayCounted);
        atOnce.giveBack(handle, momentCounted);
        return new Answer.Passed(kept.isPresent(), kept.isPresent() && recovery);
    }

    private boolean opens(Handle handle, Account account, Kept kept, String digits, Instant now) {
        Optional<byte[]> secret = secrets.decrypt(account.id(), kept.secret());
        if (secret.isEmpty()) {
            AccountLog.factorUnreadable(account.username());
            return false;
        }
        OptionalLong step = FactorCodes.step(secret.get(), digits, now, kept.lastStep());
        step.ifPresent(found -> FactorSql.useStep(handle, account.id(), found));
        return step.isPresent();
    }
}
