/**
 * The database that comes with the program: real PostgreSQL binaries from a dependency, run under the home folder.
 *
 * <p>Owns {@code postgres/}, {@code datos/}, {@code clave-postgres}, {@code logs/postgresql.log}, {@code uso.lock} and
 * {@code arranque.lock} below the home. The composition root and the tests call {@link
 * com.electroisla.database.embedded.EmbeddedPostgres}, nobody else; from there on it is a database like any other.
 *
 * <p>What must never happen here: a server that runs without durable settings or lets somebody in without a generated
 * password, a shop that uses its database as a superuser, a half-made data folder that is taken for a whole one, a database stopped under a process that still uses
 * it, two servers on one data folder (whatever containers they are in), a signal to a process that only has the number, or a wait without
 * an end.
 */
@NullMarked
package com.electroisla.database.embedded;

import org.jspecify.annotations.NullMarked;
