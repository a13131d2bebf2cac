/**
 * Checkout, its cancelling, payment, and what the caller has held, over HTTP.
 *
 * <p>Nothing calls it but the server. It turns a request into one submission to {@link
 * com.electroisla.reservation.Reservations} and an outcome into its answer; it must never decide about stock, nor look at
 * the database itself.
 */
@NullMarked
package com.electroisla.reservation.http;

import org.jspecify.annotations.NullMarked;
