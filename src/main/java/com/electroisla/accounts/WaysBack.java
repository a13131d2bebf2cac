package com.electroisla.accounts;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * The codes and links by mail that lead into an account. With a change of its password or of its address all of them
 * end, whoever asked for them: somebody who reads the old mail, or had a session open, gets no second way in.
 *
 * <p>Locks, after the account: codes, links, the old shop's.
 */
final class WaysBack {
    private WaysBack() {}

    /** @param account as it was before the change, and locked */
    static void end(Handle handle, Account account, Instant now) {
        CodeSql.endAll(handle, CodeSql.Purpose.RECOVERY, account.email(), now);
        LinkSql.endOf(handle, LinkSql.Purpose.PASSWORD, account.id(), now);
        LinkSql.endOf(handle, LinkSql.Purpose.EMAIL, account.id(), now);
        if (OldCodeSql.keepsRecoveries(handle)) {
            OldCodeSql.endRecoveries(handle, account.id(), now);
        }
        if (OldCodeSql.keepsLinks(handle)) {
            OldCodeSql.endLinks(handle, account.id(), now);
        }
    }
}
