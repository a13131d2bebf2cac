/**
 * The connection to PostgreSQL: the pool, transactions that are repeated after a deadlock, the database's clock, and what an
 * SQLSTATE means.
 *
 * <p>Every feature may use it; it knows none and owns no table. Work given to {@link com.electroisla.database.Database} may
 * run more than once, so it must never do anything that a rollback does not undo. Nothing else may open a connection, except
 * the feed of revocations, which listens on one of its own.
 */
@NullMarked
package com.electroisla.database;

import org.jspecify.annotations.NullMarked;
