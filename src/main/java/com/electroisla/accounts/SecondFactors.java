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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Second factors as their owners turn them on and off, and the admins' rule for the staff.
 *
 * <p>Invariants: a factor is turned on only by somebody who knows the password and whose phone computes the right code;
 * its secret is stored encrypted and never shown again. With it every other sign-in ends. A factor that the rule
 * requires is taken away by nobody but the operator's command.
 *
 * <p>Lock order: the form's key, the account, the factor.
 */
public final class SecondFactors {
    private final Database database;
    private final DatabaseClock clock;
    private final LogIn logIn;
    private final FactorCheck check;
    private final FactorSecret secrets;
    private final Sessions sessions;
    private final LatelySucceeded lately;

    SecondFactors(
            Database database,
            DatabaseClock clock,
            LogIn logIn,
            FactorCheck check,
            FactorSecret secrets,
            Sessions sessions,
            LatelySucceeded lately) {
        this.database = database;
        this.clock = clock;
        this.logIn = logIn;
        this.check = check;
        this.secrets = secrets;
        this.sessions = sessions;
        this.lately = lately;
    }

    /**
     * @param since when it was turned on; null while there is none
     * @param required whether the admins require one of this account
     */
    public record State(@Nullable Instant since, int codesLeft, boolean required) {
        public boolean on() {
            return since != null;
        }
    }

    public State of(Visitor who) {
        return database.read(handle -> new State(
                FactorSql.find(handle, who.userId()).map(FactorSql.Kept::since).orElse(null),
                FactorSql.codesLeft(handle, who.userId()),
                who.role() != Role.CLIENTE && FactorSql.isRequired(handle)));
    }

    /** A new secret for a phone, as text; kept nowhere until {@link #turnOn}. */
    public static String newKey() {
        return FactorCodes.base32(FactorCodes.makeSecret());
    }

    /** The outcome of a change of one's own factor. */
    public sealed interface Outcome {
        /** @param recoveryCodes new ones, shown this once; empty when there are none */
        record Done(List<String> recoveryCodes) implements Outcome {
            @Override
            public String toString() {
                return "Done[...]";
            }
        }

        record WrongPassword() implements Outcome {}

        record WrongCode() implements Outcome {}

        /** There is one already, or none any more. */
        record Unchanged() implements Outcome {}

        /** The admins require it. */
        record Required() implements Outcome {}

        record TooMany(Exceeded limit) implements Outcome {}

        record Busy() implements Outcome {}

        record AppliedBefore() implements Outcome {}
    }

    /** The outcome of a change, and the families that it ends. */
    private record Changed(Outcome outcome, List<String> families) {
        static Changed only(Outcome outcome) {
            return new Changed(outcome, List.of());
        }
    }

    private interface Change {
        Changed in(Handle handle, Account account, Instant now);
    }

    /**
     * @param key of {@link #newKey}
     * @param form the one-time key, whose contents are without password, key and code
     */
    public Outcome turnOn(
            Visitor who,
            String password,
            String key,
            String code,
            Locale language,
            Client client,
            IdempotencyKey form) {
        byte[] secret = FactorCodes.fromBase32(key);
        return logged(who, true, change(who, password, Optional.empty(), client, form, (handle, account, now) -> {
            if (FactorSql.isOn(handle, account.id())) {
                return Changed.only(new Outcome.Unchanged());
            }
            OptionalLong step = FactorCodes.step(secret, code.replaceAll("[\\s-]", ""), now, 0);
            if (step.isEmpty()) {
                return Changed.only(new Outcome.WrongCode());
            }
            FactorSql.insert(handle, account.id(), secrets.encrypt(account.id(), secret), step.getAsLong(), now);
            List<String> codes = newCodes(handle, account.id());
            tell(handle, account, true, actor(who, client), language, now);
            return new Changed(
                    new Outcome.Done(codes),
                    sessions.revokeOthersOf(handle, account.id(), who.sessionId(), "segundo_factor", now));
        }));
    }

    /** Takes the own factor away, by password and a code. */
    public Outcome turnOff(
            Visitor who, String password, String code, Locale language, Client client, IdempotencyKey form) {
        return logged(who, false, change(who, password, Optional.of(code), client, form, (handle, account, now) -> {
            if (FactorCheck.isRequiredOf(handle, account)) {
                return Changed.only(new Outcome.Required());
            }
            if (!FactorSql.delete(handle, account.id())) {
                return Changed.only(new Outcome.Unchanged());
            }
            tell(handle, account, false, actor(who, client), language, now);
            return Changed.only(new Outcome.Done(List.of()));
        }));
    }

    private static Outcome logged(Visitor who, boolean on, Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            AccountLog.secondFactor(who.username(), on);
        }
        return outcome;
    }

    /** New recovery codes in place of all earlier ones, by password and a code. */
    public Outcome renewCodes(Visitor who, String password, String code, Client client, IdempotencyKey form) {
        return change(who, password, Optional.of(code), client, form, (handle, account, now) -> {
            if (!FactorSql.isOn(handle, account.id())) {
                return Changed.only(new Outcome.Unchanged());
            }
            audit(handle, account, "renovar respaldo", actor(who, client), now);
            return Changed.only(new Outcome.Done(newCodes(handle, account.id())));
        });
    }

    /** @param code of the factor that is there; empty where there is none yet */
    private Outcome change(
            Visitor who, String password, Optional<String> code, Client client, IdempotencyKey form, Change change) {
        boolean before = database.read(handle -> Applied.before(handle, form)).isPresent();
        if (before) {
            return new Outcome.AppliedBefore();
        }
        return switch (logIn.confirm(who.username(), password, client)) {
            case LogInOutcome.LoggedIn<Confirmed>(Confirmed confirmed, var _) ->
                code.flatMap(typed -> refusal(who, typed, client)).orElseGet(() -> apply(who, confirmed, form, change));
            case LogInOutcome.TooManyFailures<Confirmed>(Exceeded limit) -> new Outcome.TooMany(limit);
            case LogInOutcome.Busy<Confirmed> _ -> new Outcome.Busy();
            case LogInOutcome.Refused<Confirmed> _,
                    LogInOutcome.CodeNeeded<Confirmed> _,
                    LogInOutcome.WrongCode<Confirmed> _,
                    LogInOutcome.FactorMissing<Confirmed> _ -> new Outcome.WrongPassword();
        };
    }

    /** The refusal of a code; empty when it was right. */
    private Optional<Outcome> refusal(Visitor who, String code, Client client) {
        Optional<Account> account = database.read(handle -> AccountSql.byId(handle, who.userId()));
        if (account.isEmpty()) {
            return Optional.of(new Outcome.Unchanged());
        }
        boolean atHome =
                lately.laneOf(client.limitSubject(), LogIn.subject(who.username())) == PasswordThreads.Lane.AT_HOME;
        return switch (check.check(account.get(), code, client, atHome, false)) {
            case FactorCheck.Answer.Passed(boolean on, var _) ->
                on ? Optional.empty() : Optional.of(new Outcome.Unchanged());
            case FactorCheck.Answer.Needed _, FactorCheck.Answer.Wrong _, FactorCheck.Answer.Missing _ ->
                Optional.of(new Outcome.WrongCode());
            case FactorCheck.Answer.TooMany(Exceeded limit) -> Optional.of(new Outcome.TooMany(limit));
        };
    }

    private Outcome apply(Visitor who, Confirmed confirmed, IdempotencyKey form, Change change) {
        Supplier<Changed> gone = () -> Changed.only(new Outcome.WrongPassword());
        Applied<Changed> applied = database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> AccountSql.lock(handle, who.userId())
                        .filter(account ->
                                account.active() && account.passwordHash().equals(confirmed.hash()))
                        .map(account -> change.in(handle, account, clock.now(handle)))
                        .orElseGet(gone),
                changed -> changed.outcome() instanceof Outcome.Done ? Optional.of("") : Optional.empty()));
        return switch (applied) {
            case Applied.Before<Changed> _ -> new Outcome.AppliedBefore();
            case Applied.Now<Changed>(Changed changed) -> {
                sessions.ended(changed.families());
                yield changed.outcome();
            }
        };
    }

    private static List<String> newCodes(Handle handle, int userId) {
        List<String> codes = FactorCodes.makeRecoveryCodes();
        FactorSql.setCodes(
                handle,
                userId,
                codes.stream().map(code -> FactorCodes.hash(userId, code)).toList());
        return codes;
    }

    private static Actor actor(Visitor who, Client client) {
        return new Actor(who.userId(), client.addressText(), client.userAgent());
    }

    private static void audit(Handle handle, Account account, String action, Actor actor, Instant now) {
        AuditSql.write(handle, actor, new Entry(action, "usuario", account.id(), account.username(), Map.of()), now);
    }

    private static void tell(Handle handle, Account account, boolean on, Actor actor, Locale language, Instant now) {
        audit(handle, account, on ? "activar 2.º factor" : "quitar 2.º factor", actor, now);
        if (AccountRules.emailProblem(account.email()).isEmpty()) {
            String key = "segundo-factor-" + account.id() + "-" + now.toEpochMilli();
            Letters.write(handle, Letter.secondFactor(account.email(), language, account.username(), on, key), now);
        }
    }

    /**
     * Takes the factor of somebody away who lost phone and recovery codes; the operator has seen who they are. Their
     * sign-ins end.
     *
     * @return false when the account has none
     */
    public boolean takeAway(int userId, Actor operator) {
        Optional<List<String>> ended = database.inTransaction(handle -> AccountSql.lock(handle, userId)
                .filter(_ -> FactorSql.delete(handle, userId))
                .map(account -> {
                    Instant now = clock.now(handle);
                    tell(handle, account, false, operator, Locale.of("es"), now);
                    return sessions.revokeAllOf(handle, userId, "segundo_factor", now);
                }));
        ended.ifPresent(families -> {
            sessions.ended(families);
            AccountLog.secondFactor(Integer.toString(userId), false);
        });
        return ended.isPresent();
    }

    /**
     * The admins' rule.
     *
     * @param without how many active members of the staff have no factor
     */
    public record Rule(boolean required, int without) {}

    public Rule rule() {
        return database.read(handle -> new Rule(
                FactorSql.isRequired(handle), FactorSql.staffWithout(handle).size()));
    }

    /**
     * Requires a factor of the staff, or does not any more. From then on whoever has none is led to set one up and can
     * do nothing else; their programs' sign-ins end, since nobody can be led there.
     *
     * @return false when the form was applied before
     */
    public boolean require(boolean required, Actor actor, IdempotencyKey form) {
        Applied<List<String>> applied = database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> {
                    Instant now = clock.now(handle);
                    FactorSql.setRequired(handle, required, now);
                    AuditSql.write(
                            handle,
                            actor,
                            new Entry(
                                    "exigir 2.º factor",
                                    "usuario",
                                    actor.userId(),
                                    "personal",
                                    Map.of("despues", Map.of("exigido", required))),
                            now);
                    return required ? endProgramsOfStaff(handle, now) : List.<String>of();
                },
                _ -> Optional.of("")));
        if (applied instanceof Applied.Now<List<String>>(List<String> families)) {
            sessions.ended(families);
            return true;
        }
        return false;
    }

    private List<String> endProgramsOfStaff(Handle handle, Instant now) {
        List<String> families = new ArrayList<>();
        for (int staff : FactorSql.staffWithout(handle)) {
            if (AccountSql.lock(handle, staff).isPresent()) {
                families.addAll(sessions.revokeProgramsOf(handle, staff, "segundo_factor_exigido", now));
            }
        }
        return families;
    }
}
