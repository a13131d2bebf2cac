/**
 * Reserved stock: holds, the decision who gets them, and their end.
 *
 * <p>Owns the tables {@code stock_reservations} and {@code conservacion} and the columns
 * {@code productos.stock_reservado} and {@code productos.stock_vendido}. Writes also {@code productos.stock}: the
 * engine's connections may fire no trigger. Writes also {@code carts} and {@code cart_items}: a checkout brings prices
 * up to date and a payment takes out what was bought, in the same transaction.
 *
 * <p>Other packages use {@link com.electroisla.reservation.Reservations}; inside, requests wait in arrival order, a
 * committer takes a batch, {@code Batch} locks and reads, {@code Decision} and beside it {@code PaymentDecision} (one
 * pure function) decide, {@code WritesSql} writes, and only after the commit are the requests answered.
 * {@code ExpireReservations} releases expired holds, {@code ForgetOrigins} blanks the origins of old holds and keeps
 * its position in {@code conservacion}.
 *
 * <p>{@code reservation.history} is the reading side, which locks nothing and decides nothing.
 *
 * <p>A unit must never be promised to two buyers: no decision may rest on figures that were read before their product
 * was locked.
 */
@NullMarked
package com.electroisla.reservation;

import org.jspecify.annotations.NullMarked;
