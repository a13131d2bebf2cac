/**
 * Stock that is promised: holds, who gets them, how they end.
 *
 * <p>Owns {@code stock_reservations} and the figures {@code stock_reservado} and {@code stock_vendido}. Others ask through
 * {@link com.electroisla.reservation.Reservations}; inside, requests wait in arrival order, a committer takes a batch,
 * {@code Batch} locks and reads, {@code Decision} (a pure function) decides, {@code ReservationSql} writes, and only after
 * the commit is anybody answered. {@code ExpireReservations} tidies up what ran out, {@code ForgetOrigins} blanks where old holds came
 * from and keeps in {@code conservacion} how far it is.
 *
 * <p>A unit must never be promised to two buyers: nothing here may decide on figures that were read before their product
 * was locked.
 */
@NullMarked
package com.electroisla.reservation;

import org.jspecify.annotations.NullMarked;
