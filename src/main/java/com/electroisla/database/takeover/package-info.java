/**
 * The old shop's database as Django made it: its level, its faults, and the few adaptations that it needs before our
 * own migrations.
 *
 * <p>{@code DjangoLevel} reads the level from Django's full names. {@code Takeover} checks before anything is done,
 * names each {@code Finding} and mends when asked; the expected tables are in the files beside this package's classes.
 * {@code Adaptation} adapts the database, records its changes and undoes them: after a give-back the schema is the one
 * that the real Django makes at that level. {@code TakenOverSql} tells later readers about the database's history.
 *
 * <p>Owns the tables {@code electro_isla_adaptaciones} and {@code electro_isla_diferencias}, and the guard that keeps
 * the old shop from selling beside ours. Writes also {@code carts}, {@code cart_items}, {@code stock_reservations},
 * {@code productos.stock}, {@code productos.stock_reservado}, {@code productos.stock_vendido},
 * {@code archivo_ajustes} and {@code audit_logs}: on request the package mends the old shop's faults, before our
 * migrations stand on them.
 *
 * <p>{@link com.electroisla.database.migration} calls it inside its transactions;
 * any code may query {@code TakenOverSql}. Django's data must never be lost here, no name of Django's above 0019 is
 * ever counted as one of ours, and nothing is mended unasked.
 */
@NullMarked
package com.electroisla.database.takeover;

import org.jspecify.annotations.NullMarked;
