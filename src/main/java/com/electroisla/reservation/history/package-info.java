/**
 * The reading side of reservations: what a buyer holds, until when, and has held.
 *
 * <p>Owns no table. The pages and the API ask {@link com.electroisla.reservation.history.ReservationHistory}; the
 * batches of {@code reservation} do not know it. It must never lock a row or decide anything: what it shows may be over
 * before it is read.
 */
@NullMarked
package com.electroisla.reservation.history;

import org.jspecify.annotations.NullMarked;
