package com.electroisla.accounts;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What an account is known by when it signs in: its name and its e-mail. New ones differ from all others in more than their case.
 *
 * <p>Invariant: of two that want one name or one address at once, on any instances, one gets it, by a
 * lock that lasts until the commit: an old database may hold an address twice, and names that differ in case. A name that is somebody
 * else's address is taken, too: whoever had it would stand before that person at the door.
 */
final class Identity {
    /** Which of the two somebody else has. */
    enum Taken {
        USERNAME, EMAIL
    }

    private Identity() {}

    /** What is taken at this moment; it may be another moment when the account is made. @param username normalised */
    static Optional<Taken> taken(Handle handle, String username, String email) {
        if (AccountSql.hasName(handle, username)) {
            return Optional.of(Taken.USERNAME);
        }
        return AccountSql.hasEmail(handle, email) ? Optional.of(Taken.EMAIL) : Optional.empty();
    }

    /** The same, and what is free stays so for this transaction until it ends. */
    static Optional<Taken> claim(Handle handle, String username, String email) {
        AccountSql.lockIdentity(handle, username, email);
        return taken(handle, username, email);
    }
}
