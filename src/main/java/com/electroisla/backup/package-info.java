/**
 * Backups: one file with everything in the database's schema {@code public} at one moment, and the way back from it.
 *
 * <p>It owns no table and knows no feature: it reads from PostgreSQL's catalog what is there, so that tables nobody told it
 * of come along. Only its {@code cli} calls it. It must never leave out silently what it cannot keep, never trust a file
 * before the whole of it was checked, and never let go of the old data: a restore moves them aside in the very transaction
 * that puts the new ones in their place.
 */
@NullMarked
package com.electroisla.backup;

import org.jspecify.annotations.NullMarked;
