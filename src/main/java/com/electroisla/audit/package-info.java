/**
 * The log of changes: author, values before and after, time and address.
 *
 * <p>Owns the table {@code audit_logs}, whose rows the old shop reads too. A feature that makes a change for a person
 * writes its entry here, in the same transaction, so that there is no change without an entry and no entry without a
 * change.
 *
 * <p>A password, a token or a hash must never be among the values, and an entry is never changed.
 */
@NullMarked
package com.electroisla.audit;

import org.jspecify.annotations.NullMarked;
