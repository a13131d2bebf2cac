/**
 * The connection to PostgreSQL: the pool, transactions that are repeated after a deadlock, statements that travel
 * together, conditions that lists share, the database's clock, and the meaning of an SQLSTATE.
 *
 * <p>Every feature may use this package; it knows no feature and owns no table. Work given to
 * {@link com.electroisla.database.Database} may run more than once, so it must never do anything that a rollback does
 * not undo. No other code may open a connection, except the feed of revocations, which listens on one of its own.
 */
@NullMarked
package com.electroisla.database;

import org.jspecify.annotations.NullMarked;
