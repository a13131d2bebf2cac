package com.electroisla.accounts;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The names by which an account signs in: its username and its e-mail. New ones differ from all others in more than
 * case.
 *
 * <p>Invariant: of two requests for one name or address at the same time, on any instances, one gets it, by a lock
 * that lasts until the commit: an old database may hold an address twice, and names that differ only in case. A name
 * that is another account's address is taken too: its owner would be found first when that other person signs in.
 */
final class Identity {
    /** Which of the two is taken. */
    enum Taken {
        USERNAME,
        EMAIL
    }

    private Identity() {}

    /**
     * Checks what is taken at this moment; that may change before the account is made.
     *
     * @param username normalised
     */
    static Optional<Taken> taken(Handle handle, String username, String email) {
        if (AccountSql.hasName(handle, username)) {
            return Optional.of(Taken.USERNAME);
        }
        return AccountSql.hasEmail(handle, email) ? Optional.of(Taken.EMAIL) : Optional.empty();
    }

    /** Checks the same, and locks both until the transaction ends. */
    static Optional<Taken> claim(Handle handle, String username, String email) {
        AccountSql.lockIdentity(handle, username, email);
        return taken(handle, username, email);
    }
}
