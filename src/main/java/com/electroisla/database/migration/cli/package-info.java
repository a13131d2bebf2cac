/**
 * {@code migrate} and {@code showmigrations}. Only the list of commands makes them; decisions are made in
 * {@link com.electroisla.database.migration.Migrations}, never here.
 */
@NullMarked
package com.electroisla.database.migration.cli;

import org.jspecify.annotations.NullMarked;
