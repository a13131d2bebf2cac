/**
 * Backups: one file with everything in the database's schema {@code public} at one moment, and the way back from it.
 *
 * <p>The package owns no table and knows no feature: it reads the tables from PostgreSQL's catalog, so tables of other
 * programs are kept too. Only its {@code cli} calls it. A backup must never leave out an object silently; a restore
 * must never trust a file before the whole of it was checked, and never drop the old data: it moves them aside in the
 * very transaction that puts the new ones in their place.
 */
@NullMarked
package com.electroisla.backup;

import org.jspecify.annotations.NullMarked;
