/**
 * The database that comes with the program: real PostgreSQL binaries from a dependency, run under the home folder.
 *
 * <p>Owns {@code postgres/}, {@code datos/}, {@code clave-postgres}, {@code logs/postgresql.log}, {@code uso.lock} and
 * {@code arranque.lock} below the home. Only the composition root and the tests call
 * {@link com.electroisla.database.embedded.EmbeddedPostgres}; to all others it is a database like any other, of which
 * the package owns no table.
 *
 * <p>A server must never run without durable settings or accept a connection without the generated password, and the
 * shop must never use its database as a superuser. An incomplete data folder must never be taken for a whole one, a
 * database never be stopped while a process still uses it, and one data folder never have two servers, in whatever
 * containers. A process that merely has a recorded pid is never signalled, and no wait is without an end.
 */
@NullMarked
package com.electroisla.database.embedded;

import org.jspecify.annotations.NullMarked;
