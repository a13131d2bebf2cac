/**
 * Checkout, its cancelling, payment, and the caller's reservations, over HTTP.
 *
 * <p>Only the server calls this package. It turns a request into one submission to
 * {@link com.electroisla.reservation.Reservations} and an outcome into its answer; it must never decide about stock,
 * nor read the database itself.
 */
@NullMarked
package com.electroisla.reservation.http;

import org.jspecify.annotations.NullMarked;
