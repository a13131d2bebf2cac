package com.electroisla.accounts;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** An operator's changes to accounts, from the command line or the admin. */
public final class ManageAccounts {
    /** The beginning of Django's unusable hash, which no password matches. */
    static final String UNUSABLE = "!";

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

    /** The problem with the name of a new account, apart from being taken. */
    public Optional<Unfit> usernameProblem(String username) {
        return AccountRules.usernameProblem(AccountRules.normalise(username));
    }

    /** The problem with the address of a new account; an empty one is allowed here, as in Django. */
    public Optional<Unfit> emailProblem(String email) {
        return email.isEmpty() ? Optional.empty() : AccountRules.emailProblem(email);
    }

    /** The problem with the password; the operator may insist. */
    public Optional<Unfit> passwordProblem(String username, String email, String password) {
        return AccountRules.passwordProblem(AccountRules.normalise(username), email, password);
    }

    public Optional<Profile> find(String username) {
        return database.read(handle -> AccountSql.byUsername(handle, AccountRules.normalise(username)))
                .map(Profile::of);
    }

    /** Whether an account has this address already, compared without case. */
    public boolean hasEmail(String email) {
        return database.read(handle -> AccountSql.hasEmail(handle, email));
    }

    /** Whether an account has this name already, or its address is the same as this name. */
    public boolean isTaken(String username) {
        return database.read(handle -> Identity.taken(handle, AccountRules.normalise(username), ""))
                .isPresent();
    }

    /**
     * A superuser with the role admin; empty when the name or the address is taken.
     *
     * @param password null: no password works until it is changed
     */
    public Optional<Profile> createSuperuser(String username, String email, @Nullable String password) {
        String hash = password == null ? UNUSABLE + UUID.randomUUID() : hash(password);
        Optional<Profile> created = create(username, email, hash, Role.ADMIN, true);
        created.ifPresent(profile -> AccountLog.superuserCreated(profile.username()));
        return created;
    }

    /**
     * An account with the role, for demo and tests; empty when the name or the address is taken. The role admin makes
     * no superuser.
     */
    public Optional<Profile> create(String username, String email, String password, Role role) {
        return create(username, email, hash(password), role, false);
    }

    private Optional<Profile> create(String username, String email, String hash, Role role, boolean superuser) {
        String name = AccountRules.normalise(username);
        try {
            return database.inTransaction(handle ->
                    Identity.claim(handle, name, email).isPresent()
                            ? Optional.empty()
                            : Optional.of(new Profile(
                                    AccountSql.insert(handle, name, email, hash, role, superuser, clock.now(handle)),
                                    name,
                                    email,
                                    role)));
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
            return AccountSql.byId(handle, userId).map(account -> {
                Instant now = clock.now(handle);
                WaysBack.end(handle, account, now);
                return new Changed(account.username(), sessions.revokeAllOf(handle, userId, "cambio_clave", now));
            });
        });
        changed.ifPresent(done -> {
            sessions.ended(done.families());
            AccountLog.passwordChanged(done.username());
        });
        return changed.isPresent();
    }

    /** Ends every session of the account on every instance. */
    public Change endSessions(int userId, Actor actor) {
        return endSessions(userId, actor, Optional.empty());
    }

    /** Ends every session of the account on every instance, once for each form. */
    public Change endSessions(int userId, Actor actor, Optional<IdempotencyKey> form) {
        return change(userId, actor, form, "sesiones cerradas", (handle, account, now) -> {
            AuditSql.write(
                    handle,
                    actor,
                    new Entry("cerrar sesiones", "usuario", account.id(), account.username(), Map.of()),
                    now);
            return Change.DONE;
        });
    }

    /** The outcome of a change to an account. */
    public enum Change {
        DONE,
        NOT_FOUND,
        UNCHANGED,
        /** The account has changed since it was read; nothing was written. */
        CHANGED_MEANWHILE,
        /** The form was applied before; nothing was written. */
        APPLIED_BEFORE,
        /** Without this account nobody could administrate the shop; nothing was written. */
        LAST_ADMIN,
        /** The account stays an admin whatever its profile says; nothing was written. */
        PRIVILEGED,
        /** Nobody takes away their own rights; nothing was written. */
        ONESELF,
        /** The account is a guest's, who has no role; nothing was written. */
        GUEST
    }

    /**
     * Gives an account another role and ends its sessions, once for each form. A superuser, or staff in Django's
     * sense, stays an admin whatever the profile says.
     *
     * @param seen the role that the form showed
     */
    public Change setRole(int userId, Role seen, Role role, Actor actor, IdempotencyKey form) {
        return change(userId, actor, Optional.of(form), "rol", (handle, account, now) -> {
            if (account.role() == role) {
                return Change.UNCHANGED;
            }
            if (account.isGuest()) {
                return Change.GUEST;
            }
            if (account.role() != seen) {
                return Change.CHANGED_MEANWHILE;
            }
            if (isLastAdmin(handle, account, role, account.active())) {
                return Change.LAST_ADMIN;
            }
            AccountSql.setRole(handle, userId, role, now);
            audit(handle, actor, account, "rol", account.role().text(), role.text(), now);
            return Change.DONE;
        });
    }

    /** Activates or deactivates an account, once for each form; its sessions end. */
    public Change setActive(int userId, boolean active, Actor actor, IdempotencyKey form) {
        return change(userId, actor, Optional.of(form), active ? "activada" : "desactivada", (handle, account, now) -> {
            if (account.active() == active) {
                return Change.UNCHANGED;
            }
            if (isLastAdmin(handle, account, account.role(), active)) {
                return Change.LAST_ADMIN;
            }
            AccountSql.setActive(handle, userId, active);
            audit(
                    handle,
                    actor,
                    account,
                    "is_active",
                    Boolean.toString(account.active()),
                    Boolean.toString(active),
                    now);
            return Change.DONE;
        });
    }

    /**
     * Gives an account a role, or activates or deactivates it, or both, whatever it was before; its sessions end. May
     * run twice.
     *
     * @param role null: stays
     * @param active null: stays
     */
    public Change set(int userId, @Nullable Role role, @Nullable Boolean active, Actor actor) {
        return change(userId, actor, Optional.empty(), "rol o actividad", (handle, account, now) -> {
            Role roleAfter = role == null ? account.role() : role;
            boolean activeAfter = active == null ? account.active() : active;
            if (roleAfter == account.role() && activeAfter == account.active()) {
                return Change.UNCHANGED;
            }
            if (userId == actor.userId()) {
                return Change.ONESELF;
            }
            if (roleAfter != account.role() && account.isGuest()) {
                return Change.GUEST;
            }
            if (roleAfter != account.role() && AccountSql.isPrivileged(handle, userId)) {
                return Change.PRIVILEGED;
            }
            if (isLastAdmin(handle, account, roleAfter, activeAfter)) {
                return Change.LAST_ADMIN;
            }
            if (roleAfter != account.role()) {
                AccountSql.setRole(handle, userId, roleAfter, now);
                audit(handle, actor, account, "rol", account.role().text(), roleAfter.text(), now);
            }
            if (activeAfter != account.active()) {
                AccountSql.setActive(handle, userId, activeAfter);
                audit(
                        handle,
                        actor,
                        account,
                        "is_active",
                        Boolean.toString(account.active()),
                        Boolean.toString(activeAfter),
                        now);
            }
            return Change.DONE;
        });
    }

    /**
     * Whether the change would leave the shop without an active admin. Two admins who demote each other at the same
     * moment wait for one another here, and the second is refused.
     */
    private static boolean isLastAdmin(Handle handle, Account account, Role role, boolean active) {
        boolean was = account.role() == Role.ADMIN && account.active();
        boolean stays = role == Role.ADMIN && active;
        return was && !stays && !AccountSql.hasOtherAdmin(handle, account.id());
    }

    private interface Changing {
        Change apply(Handle handle, Account account, Instant now);
    }

    private record Done(Change change, String username, List<String> families) {
        static Done nothing(Change why) {
            return new Done(why, "", List.of());
        }

        Optional<String> result() {
            return change == Change.DONE ? Optional.of("") : Optional.empty();
        }
    }

    private Done change(Handle handle, int userId, Changing changing) {
        Optional<Account> account = AccountSql.lock(handle, userId);
        if (account.isEmpty()) {
            return Done.nothing(Change.NOT_FOUND);
        }
        Instant now = clock.now(handle);
        Change change = changing.apply(handle, account.get(), now);
        return change == Change.DONE
                ? new Done(
                        change, account.get().username(), sessions.revokeAllOf(handle, userId, "administracion", now))
                : Done.nothing(change);
    }

    private Change change(int userId, Actor actor, Optional<IdempotencyKey> form, String what, Changing changing) {
        Done done = database.inTransaction(handle -> form.map(key -> switch (Applied.once(
                        handle, key, clock, () -> change(handle, userId, changing), Done::result)) {
                    case Applied.Now<Done>(Done now) -> now;
                    case Applied.Before<Done> _ -> Done.nothing(Change.APPLIED_BEFORE);
                })
                .orElseGet(() -> change(handle, userId, changing)));
        if (done.change() == Change.DONE) {
            sessions.ended(done.families());
            AccountLog.privilegesChanged(done.username(), what, actor.userId());
        }
        return done.change();
    }

    private static void audit(
            Handle handle, Actor actor, Account account, String field, String before, String after, Instant now) {
        AuditSql.write(
                handle,
                actor,
                Entry.change(
                        "editar",
                        "usuario",
                        account.id(),
                        account.username(),
                        Map.of(field, before),
                        Map.of(field, after)),
                now);
    }

    /**
     * The password's hash for an account's row; takes about half a second. For callers that write many accounts at
     * once.
     */
    public String hash(String password) {
        try {
            return passwords.hash(password, PasswordThreads.Lane.AT_HOME);
        } catch (PasswordsBusy busy) {
            throw new IllegalStateException(busy);
        }
    }
}
