/**
 * The operator's commands on reservations, with the guide's own texts and symbols.
 *
 * <p>Only the list of commands makes them. They may run beside any number of servers; holds are released by
 * {@link com.electroisla.reservation.ExpireReservations}, and a command must never end a hold that has not expired.
 */
@NullMarked
package com.electroisla.reservation.cli;

import org.jspecify.annotations.NullMarked;
