/**
 * The operator's commands on reservations, with the guide's own words and symbols.
 *
 * <p>Only the list of commands makes them. They may run beside any number of servers; what they release is released by
 * {@link com.electroisla.reservation.ExpireReservations}, and they must never end a hold whose time is not up.
 */
@NullMarked
package com.electroisla.reservation.cli;

import org.jspecify.annotations.NullMarked;
