package com.electroisla.accounts;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.http.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What an operator does to accounts, from the command line or the admin. */
public final class ManageAccounts {
    /** How Django begins what no password opens. */
    private static final String UNUSABLE = "!";

    private final Database database;
    private final DatabaseClock clock;
    private final DjangoPasswords passwords;
    private final Sessions sessions;

    ManageAccounts(Database database, DatabaseClock clock, DjangoPasswords passwords, Sessions sessions) {
        this.database = database;
        this.clock = clock;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /** What is wrong with the name of a new account, besides being taken. */
    public Optional<Problem> usernameProblem(String username) {
        return AccountRules.usernameProblem(AccountRules.normalise(username));
    }

    /** What is wrong with the address of a new account; none at all is allowed here, as in Django. */
    public Optional<Problem> emailProblem(String email) {
        return email.isEmpty() ? Optional.empty() : AccountRules.emailProblem(email);
    }

    /** What is unwise about the password; the operator may insist. */
    public Optional<Problem> passwordProblem(String username, String email, String password) {
        return AccountRules.passwordProblem(AccountRules.normalise(username), email, password);
    }

    /** The account with this name. */
    public Optional<Profile> find(String username) {
        return database.read(handle -> AccountSql.byUsername(handle, AccountRules.normalise(username))).map(Profile::of);
    }

    /**
     * A superuser with the role admin; empty when the name is taken.
     *
     * @param password null: no password opens the account until it is changed
     */
    public Optional<Profile> createSuperuser(String username, String email, @Nullable String password) {
        String hash = password == null ? UNUSABLE + UUID.randomUUID() : hash(password);
        Optional<Profile> created = create(username, email, hash, Role.ADMIN, true);
        created.ifPresent(profile -> AccountLog.superuserCreated(profile.username()));
        return created;
    }

    /** An account with the role, for demo and tests; empty when the name is taken. The role admin makes no superuser. */
    public Optional<Profile> create(String username, String email, String password, Role role) {
        return create(username, email, hash(password), role, false);
    }

    private Optional<Profile> create(String username, String email, String hash, Role role, boolean superuser) {
        String name = AccountRules.normalise(username);
        try {
            int id = database.inTransaction(handle ->
                    AccountSql.insert(handle, name, email, hash, role, superuser, clock.now(handle)));
            return Optional.of(new Profile(id, name, email, role));
        } catch (JdbiException failure) {
            if (RegisterAccount.isUsernameTaken(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Sets the password and ends every session of the account. Returns false when there is no such account. */
    public boolean changePassword(int userId, String password) {
        String hash = hash(password);
        record Changed(String username, List<String> families) {}
        Optional<Changed> changed = database.inTransaction(handle -> {
            if (!AccountSql.changePassword(handle, userId, hash)) {
                return Optional.empty();
            }
            Instant now = clock.now(handle);
            String username = AccountSql.byId(handle, userId).map(Account::username).orElse("");
            return Optional.of(new Changed(username, sessions.revokeAllOf(handle, userId, "cambio_clave", now)));
        });
        changed.ifPresent(done -> {
            sessions.ended(done.families());
            AccountLog.passwordChanged(done.username());
        });
        return changed.isPresent();
    }

    /** Ends every session of the account on every instance. */
    public Change endSessions(int userId, Actor actor) {
        return change(userId, actor, "sesiones cerradas", (handle, account, now) -> {
            AuditSql.write(handle, actor, new Entry("cerrar sesiones", "usuario", account.id(), account.username(), Map.of()), now);
            return true;
        });
    }

    /** What became of a change to an account. */
    public enum Change { DONE, NOT_FOUND, UNCHANGED }

    /**
     * Gives an account another role and ends its sessions. A superuser, or staff in Django's sense, stays an admin whatever
     * the profile says.
     */
    public Change setRole(int userId, Role role, Actor actor) {
        return change(userId, actor, "rol", (handle, account, now) -> {
            if (account.role() == role) {
                return false;
            }
            AccountSql.setRole(handle, userId, role, now);
            audit(handle, actor, account, "rol", account.role().text(), role.text(), now);
            return true;
        });
    }

    /** Lets an account sign in, or no longer; its sessions end. */
    public Change setActive(int userId, boolean active, Actor actor) {
        return change(userId, actor, active ? "activada" : "desactivada", (handle, account, now) -> {
            if (account.active() == active) {
                return false;
            }
            AccountSql.setActive(handle, userId, active);
            audit(handle, actor, account, "is_active", Boolean.toString(account.active()), Boolean.toString(active), now);
            return true;
        });
    }

    private interface Changing {
        boolean apply(Handle handle, Account account, Instant now);
    }

    private Change change(int userId, Actor actor, String what, Changing changing) {
        record Done(Change change, String username, List<String> families) {}
        Done done = database.inTransaction(handle -> {
            Optional<Account> account = AccountSql.lock(handle, userId);
            if (account.isEmpty()) {
                return new Done(Change.NOT_FOUND, "", List.of());
            }
            Instant now = clock.now(handle);
            if (!changing.apply(handle, account.get(), now)) {
                return new Done(Change.UNCHANGED, "", List.of());
            }
            return new Done(Change.DONE, account.get().username(), sessions.revokeAllOf(handle, userId, "administracion", now));
        });
        if (done.change() == Change.DONE) {
            sessions.ended(done.families());
            AccountLog.privilegesChanged(done.username(), what, actor.userId());
        }
        return done.change();
    }

    private static void audit(Handle handle, Actor actor, Account account, String field, String before, String after, Instant now) {
        AuditSql.write(handle, actor, Entry.change("editar", "usuario", account.id(), account.username(), Map.of(field, before), Map.of(field, after)), now);
    }

    /** The password as an account's row keeps it; takes about half a second. For who writes many accounts at once. */
    public String hash(String password) {
        try {
            return passwords.hash(password);
        } catch (PasswordsBusy busy) {
            throw new IllegalStateException(busy);
        }
    }
}
