/**
 * Who changed what: before and after, when and from where.
 *
 * <p>Owns {@code audit_logs}, whose rows the old shop reads too. A feature that changes something for a person writes its
 * entry here, in the same transaction, so that there is no change without one and none without a change.
 *
 * <p>A password, a token or a hash must never be among the values, and an entry is never changed.
 */
@NullMarked
package com.electroisla.audit;

import org.jspecify.annotations.NullMarked;
