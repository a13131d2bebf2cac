package com.electroisla.accounts;

import com.electroisla.accounts.LogIn.Confirmed;
import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.mail.Letter;
import com.electroisla.mail.Letters;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Makes an account nobody's: the row stays, because orders point at it, here and in the old shop's tables, with a name
 * that says nothing, no address, and a password that nothing matches. All else that accounts keep of the person goes.
 */
public final class EraseAccount {
    private final Sessions sessions;

    EraseAccount(Sessions sessions) {
        this.sessions = sessions;
    }

    /** An account that was erased in a transaction, to be told to {@link #erased} after its commit. */
    public record Erased(String username, String email, List<String> families) {
        @Override
        public String toString() {
            return "Erased[...]";
        }
    }

    /**
     * Erases in the caller's transaction, which holds the user's cart.
     *
     * @param confirmed the owner's password was asked for; another one since then, or a place in the staff, means that
     *     nothing is done
     */
    public Optional<Erased> erase(Handle handle, Confirmed confirmed, Locale language, Client client, Instant now) {
        return AccountSql.lock(handle, confirmed.userId())
                .filter(account -> account.active()
                        && account.role() == Role.CLIENTE
                        && account.passwordHash().equals(confirmed.hash()))
                .map(account -> erase(handle, account, language, client, now));
    }

    private Erased erase(Handle handle, Account account, Locale language, Client client, Instant now) {
        int id = account.id();
        List<String> families = sessions.revokeAllOf(handle, id, "cuenta_borrada", now);
        SessionSql.deleteTokensOf(handle, id);
        LinkSql.deleteOf(handle, id);
        AddressSql.deleteAllOf(handle, id);
        FactorSql.delete(handle, id);
        CodeSql.deleteOf(handle, id, account.email());
        OldCodeSql.deleteOf(handle, id, account.email());
        AccountSql.deleteAttemptsOf(handle, account.username(), account.email());
        String nobody = "borrado-" + id + "-" + UUID.randomUUID().toString().substring(0, 8);
        AccountSql.erase(handle, id, nobody, "!" + UUID.randomUUID());
        Letters.forget(handle, account.email(), id);
        AuditSql.write(
                handle,
                new Actor(id, client.addressText(), client.userAgent()),
                new Entry("borrar cuenta", "usuario", id, nobody, Map.of()),
                now);
        if (AccountRules.emailProblem(account.email()).isEmpty()) {
            Letters.write(
                    handle,
                    Letter.accountDeleted(account.email(), language, account.username(), "cuenta-borrada-" + id),
                    now);
        }
        return new Erased(account.username(), account.email(), families);
    }

    public void erased(Erased erased) {
        sessions.ended(erased.families());
        AccountLog.accountErased(erased.username());
    }
}
