package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.limits.LimitResult;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * Opens an account for a buyer. The password is hashed outside the transaction; of two simultaneous registrations of
 * one name or address, {@link Identity} decides which gets it.
 */
public final class RegisterAccount {
    private static final String PAGE = "/registro";

    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final AddressLimits limits;
    private final LatelySucceeded lately;

    RegisterAccount(
            Database database,
            DatabaseClock clock,
            DjangoPasswords passwords,
            AddressLimits limits,
            LatelySucceeded lately) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
        this.limits = limits;
        this.lately = lately;
    }

    /**
     * Counts an attempt from this address, before its body is read: refused attempts count too.
     *
     * @return the limit, when there were too many attempts
     */
    public Optional<LimitResult.Exceeded> admit(Client client) {
        if (!limits.isOn()) {
            return Optional.empty();
        }
        AddressLimits.Count count = database.inTransaction(handle -> limits.count(handle, client, clock.now(handle)));
        return switch (count) {
            case AddressLimits.Count.Within _ -> Optional.empty();
            case AddressLimits.Count.Over(var exceeded) -> {
                AccountLog.limitExceeded("registro", "", client);
                yield Optional.of(exceeded);
            }
        };
    }

    /** Opens the account unless its data are invalid or the name or the address is taken. */
    public RegisterOutcome register(String givenUsername, String email, String password, Client client) {
        return register(givenUsername, email, password, client, "");
    }

    /** Whether the account was opened by this very form, which was sent twice. */
    public boolean wasRegisteredBy(String form, String givenUsername, String email) {
        return !form.isEmpty()
                && database.read(handle -> AccountSql.byUsername(handle, AccountRules.normalise(givenUsername))
                        .flatMap(account -> Applied.before(handle, key(account.id(), form, email)))
                        .filter(Applied.Before::same)
                        .isPresent());
    }

    private static IdempotencyKey key(int userId, String form, String email) {
        return Applied.key(userId, PAGE, form, email);
    }

    /** @param form the one-time key of the form on the page; empty for none */
    public RegisterOutcome register(String givenUsername, String email, String password, Client client, String form) {
        String username = AccountRules.normalise(givenUsername);
        Optional<Unfit> unfit = AccountRules.problem(username, email, password);
        if (unfit.isPresent()) {
            return new RegisterOutcome.Invalid(unfit.get());
        }
        Optional<Identity.Taken> taken = database.read(handle -> Identity.taken(handle, username, email));
        if (taken.isPresent()) {
            return refused(taken.get());
        }
        try {
            String hash = passwords.hash(password, lately.laneOf(client.limitSubject()));
            RegisterOutcome outcome = database.inTransaction(handle -> {
                Optional<Identity.Taken> meanwhile = Identity.claim(handle, username, email);
                if (meanwhile.isPresent()) {
                    return refused(meanwhile.get());
                }
                int made = AccountSql.insert(handle, username, email, hash, Role.CLIENTE, false, clock.now(handle));
                if (!form.isEmpty()) {
                    Applied.keep(handle, key(made, form, email), clock, "");
                }
                return new RegisterOutcome.Registered(new Profile(made, username, email, Role.CLIENTE));
            });
            if (outcome instanceof RegisterOutcome.Registered) {
                lately.entered(client.limitSubject(), LogIn.subject(username));
                AccountLog.registered(username, client);
            }
            return outcome;
        } catch (PasswordsBusy busy) {
            return new RegisterOutcome.Busy();
        } catch (JdbiException failure) {
            if (isUsernameTaken(failure)) {
                return new RegisterOutcome.UsernameTaken();
            }
            throw failure;
        }
    }

    private static RegisterOutcome refused(Identity.Taken taken) {
        return switch (taken) {
            case USERNAME -> new RegisterOutcome.UsernameTaken();
            case EMAIL -> new RegisterOutcome.EmailTaken();
        };
    }

    static boolean isUsernameTaken(JdbiException failure) {
        return SqlStates.sqlState(failure)
                        .filter(SqlStates.UNIQUE_VIOLATION::equals)
                        .isPresent()
                && SqlStates.constraint(failure)
                        .filter(AccountSql.USERNAME_UNIQUE::equals)
                        .isPresent();
    }
}
