package com.electroisla.accounts;

import com.electroisla.accounts.AccountSql.Named;
import com.electroisla.accounts.CodeSql.Row;
import com.electroisla.accounts.MailCodes.Code;
import com.electroisla.accounts.OldCodeSql.OldSignUp;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.limits.LimitResult;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.mail.Letter;
import com.electroisla.mail.Letters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps registrations until a mailed code comes back, see {@link ConfirmSignUp}, and mails the codes.
 *
 * <p>Invariant: an address that has an account gets the same answers as any other, and a letter that says so in place
 * of a code, to the address that the account has.
 *
 * <p>Addresses are ASCII here and in the other calls about codes: only of those the database and Java know the same
 * lower case.
 */
public final class SignUpByMail {
    /** How long a registration waits for its code, sent again now and then. */
    private static final Duration WAITS = Duration.ofDays(1);

    static final int MOST_RESENDS = 3;
    static final Duration BETWEEN_RESENDS = Duration.ofMinutes(1);
    private static final int MOST_RESENT_AT_ONCE = 5;
    private static final int LONGEST_NAME = 150;

    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final LatelySucceeded lately;
    private final MailCodes codes;
    private final LetterLimits limits;

    SignUpByMail(
            Database database,
            DatabaseClock clock,
            DjangoPasswords passwords,
            LatelySucceeded lately,
            MailCodes codes,
            LetterLimits limits) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
        this.lately = lately;
        this.codes = codes;
        this.limits = limits;
    }

    /** The outcome of a registration. */
    public sealed interface Begun {
        /** @param validity of the code that is on its way, if the address may have one */
        record Waiting(Duration validity) implements Begun {}

        record Invalid(Unfit unfit) implements Begun {}

        record UsernameTaken() implements Begun {}

        record TooMany(Exceeded limit) implements Begun {}

        record Busy() implements Begun {}
    }

    /** Keeps the registration and mails its code. {@link RegisterAccount#admit} has counted it for the client. */
    public Begun begin(SignUp given, Locale language, Client client) {
        SignUp wanted = given.as(AccountRules.normalise(given.username()));
        Optional<Unfit> unfit = problem(wanted);
        if (unfit.isPresent()) {
            return new Begun.Invalid(unfit.get());
        }
        // A username that is the own address is no name that others could see taken.
        if (!wanted.username().equalsIgnoreCase(wanted.email())
                && database.read(handle -> AccountSql.hasName(handle, wanted.username()))) {
            return new Begun.UsernameTaken();
        }
        try {
            String hash = passwords.hash(wanted.password(), lately.laneOf(client.limitSubject()));
            codes.prepare();
            return database.inTransaction(handle -> keep(handle, wanted, hash, language, client));
        } catch (PasswordsBusy busy) {
            return new Begun.Busy();
        }
    }

    private static Optional<Unfit> problem(SignUp wanted) {
        Optional<Unfit> unfit = AccountRules.problem(wanted.username(), wanted.email(), wanted.password());
        if (unfit.isPresent()) {
            return unfit;
        }
        if (!MailAddress.hasOneSpelling(wanted.email())) {
            return Optional.of(Unfit.of("email", "correo_invalido"));
        }
        // Otherwise a taken name would tell which addresses have accounts.
        if (wanted.username().contains("@") && !wanted.username().equalsIgnoreCase(wanted.email())) {
            return Optional.of(Unfit.of("username", "usuario_correo_ajeno"));
        }
        if (isTooLong(wanted.firstName())) {
            return Optional.of(Unfit.of("first_name", "campo_largo", LONGEST_NAME));
        }
        return isTooLong(wanted.lastName())
                ? Optional.of(Unfit.of("last_name", "campo_largo", LONGEST_NAME))
                : Optional.empty();
    }

    private static boolean isTooLong(String name) {
        return name.codePointCount(0, name.length()) > LONGEST_NAME;
    }

    private Begun keep(Handle handle, SignUp wanted, String hash, Locale language, Client client) {
        Instant now = clock.now(handle);
        if (limits.signUp(handle, wanted.email(), now) instanceof Exceeded limit) {
            return new Begun.TooMany(limit);
        }
        Holder holder = holder(handle, wanted.email(), limits.notice(handle, wanted.email(), now));
        Code code = codes.make();
        long id = CodeSql.insertSignUp(
                handle,
                holder.isNobody() ? code.kept() : MailCodes.none(),
                wanted,
                holder.isNobody() ? hash : null,
                null,
                now,
                client);
        if (holder.isNobody()) {
            tell(handle, wanted.email(), wanted.username(), language, code, key(id, 0), now);
        } else {
            tell(handle, holder, language, key(id, 0), now);
        }
        return new Begun.Waiting(MailCodes.VALIDITY);
    }

    private static String keys(long id) {
        return "registro-" + id + "-";
    }

    private static String key(long id, int resends) {
        return keys(id) + (resends + 1);
    }

    /**
     * The account behind an address.
     *
     * @param account null where no account has the address
     * @param letterTo the address of the account's own that is written to; null where it gets no letter now
     */
    private record Holder(@Nullable Named account, @Nullable String letterTo) {
        boolean isNobody() {
            return account == null;
        }
    }

    /** The letter goes to the address that the account has, never to the one that somebody typed. */
    private static Holder holder(Handle handle, String email, LimitResult notice) {
        Optional<Named> account = AccountSql.behind(handle, email);
        Optional<String> letterTo = account.filter(_ -> notice instanceof LimitResult.Allowed)
                .flatMap(found -> Stream.of(found.email(), found.username())
                        .filter(each -> AccountRules.emailProblem(each).isEmpty())
                        .findFirst());
        return new Holder(account.orElse(null), letterTo.orElse(null));
    }

    private static void tell(Handle handle, Holder holder, Locale language, String key, Instant now) {
        if (holder.account() != null && holder.letterTo() != null) {
            String name = holder.account().username();
            Letters.write(handle, Letter.accountExists(holder.letterTo(), language, name, key), now);
        }
    }

    private static void tell(
            Handle handle, String email, String username, Locale language, Code code, String key, Instant now) {
        Instant until = now.plus(MailCodes.VALIDITY);
        Letters.write(handle, Letter.signUpCode(email, language, username, code.digits(), until, key), now);
    }

    /** The outcome of asking for a code again. */
    public sealed interface Resent {
        /** @param validity of the code that is on its way, if a registration of the address waits for one */
        record Sent(Duration validity) implements Resent {}

        record TooMany(Exceeded limit) implements Resent {}
    }

    /**
     * Mails each registration of the address that waits a new code of its own. A registration that began in the old
     * shop is taken over here with it.
     */
    public Resent resend(String email, Locale language, Client client) {
        codes.prepare();
        return database.inTransaction(handle -> {
            Instant now = clock.now(handle);
            if (limits.resend(handle, email, client, now) instanceof Exceeded limit) {
                return new Resent.TooMany(limit);
            }
            LimitResult notice = limits.notice(handle, email, now);
            List<Row> waiting = waiting(handle, email, client, now);
            List<Row> renewable =
                    waiting.stream().filter(row -> row.resends() < MOST_RESENDS).toList();
            if (renewable.isEmpty() && notice instanceof LimitResult.Allowed unused) {
                limits.noNotice(handle, unused);
            }
            if (renewable.isEmpty() && !waiting.isEmpty()) {
                Instant ends = waiting.getLast().createdAt().plus(WAITS);
                return new Resent.TooMany(new Exceeded(
                        ends, Math.max(1, Duration.between(now, ends).toSeconds())));
            }
            Holder holder = holder(handle, email, notice);
            renewable.forEach(row -> renew(handle, row, holder, language, now));
            renewable.stream()
                    .findFirst()
                    .ifPresent(row -> tell(handle, holder, language, key(row.id(), row.resends() + 1), now));
            return new Resent.Sent(MailCodes.VALIDITY);
        });
    }

    private List<Row> waiting(Handle handle, String email, Client client, Instant now) {
        Instant since = now.minus(WAITS);
        List<Row> waiting = CodeSql.lockWaiting(handle, email, since, MOST_RESENT_AT_ONCE);
        if (!waiting.isEmpty() || !OldCodeSql.keepsSignUps(handle)) {
            return waiting;
        }
        for (OldSignUp old : OldCodeSql.waitingSignUps(handle, email, MOST_RESENT_AT_ONCE)) {
            if (AccountRules.emailProblem(old.email()).isEmpty() && MailAddress.hasOneSpelling(old.email())) {
                CodeSql.insertSignUp(handle, MailCodes.none(), old.wanted(), old.passwordHash(), old.id(), now, client);
            }
        }
        return CodeSql.lockWaiting(handle, email, since, MOST_RESENT_AT_ONCE);
    }

    private void renew(Handle handle, Row row, Holder holder, Locale language, Instant now) {
        String email = Objects.requireNonNull(row.email());
        Code code = codes.make();
        boolean opens = holder.isNobody() && row.passwordHash() != null;
        CodeSql.renew(handle, row.id(), opens ? code.kept() : MailCodes.none(), now);
        // The letter before may not have left yet, with a code that is worthless now.
        Letters.cancelCodes(handle, keys(row.id()), now);
        if (opens) {
            String username = Objects.requireNonNull(row.username());
            tell(handle, email, username, language, code, key(row.id(), row.resends() + 1), now);
        }
    }

    /**
     * The state of an address's newest registration, as its page shows it; the same for an address that has an account.
     *
     * @param until when its code ends; empty when none waits
     * @param resendSeconds until it may be sent again
     */
    public record Status(Optional<Instant> until, int resends, long resendSeconds, boolean canResend) {}

    /** The outcome of asking for a status. */
    public sealed interface Looked {
        record Found(Status status) implements Looked {}

        record TooMany(Exceeded limit) implements Looked {}
    }

    public Looked status(String email, Client client) {
        Optional<Exceeded> tooMany = database.inTransaction(handle ->
                limits.status(handle, client, clock.now(handle)) instanceof AddressLimits.Count.Over(var limit)
                        ? Optional.of(limit)
                        : Optional.empty());
        return tooMany.<Looked>map(Looked.TooMany::new).orElseGet(() -> new Looked.Found(status(email)));
    }

    Status status(String email) {
        return database.read(handle -> {
            Instant now = clock.now(handle);
            Optional<Row> newest = CodeSql.newestWaiting(handle, email, now.minus(WAITS));
            if (newest.isPresent()) {
                return status(newest.get(), now);
            }
            List<OldSignUp> old =
                    OldCodeSql.keepsSignUps(handle) ? OldCodeSql.waitingSignUps(handle, email, 1) : List.of();
            return old.isEmpty()
                    ? new Status(Optional.empty(), 0, 0, false)
                    : new Status(Optional.of(old.getFirst().until()), 0, 0, true);
        });
    }

    private static Status status(Row row, Instant now) {
        Instant resentAt = row.resentAt();
        Duration pause = resentAt == null ? Duration.ZERO : Duration.between(now, resentAt.plus(BETWEEN_RESENDS));
        long seconds = pause.isPositive() ? pause.plusSeconds(1).minusNanos(1).toSeconds() : 0;
        return new Status(
                Optional.of(row.until()), row.resends(), seconds, seconds == 0 && row.resends() < MOST_RESENDS);
    }

    /**
     * Mails an address that has an account that somebody is about to register with it. The caller learns nothing, not
     * even whether too much was asked.
     */
    public void tellIfKnown(String email, Locale language, Client client) {
        if (AccountRules.emailProblem(email).isPresent() || !MailAddress.hasOneSpelling(email)) {
            return;
        }
        database.useTransaction(handle -> {
            Instant now = clock.now(handle);
            Holder holder = holder(handle, email, limits.look(handle, email, client, now));
            tell(handle, holder, language, "aviso-" + WebSessions.randomToken(), now);
        });
    }
}
