/**
 * The caller's orders over HTTP: the list, one order, its cancelling. Paying is in {@code reservation.http}, because a
 * payment is decided there.
 *
 * <p>Nothing calls it but the server, except that the answer to a payment is written as {@code OrderJson} too. It must never
 * decide who may see an order: {@link com.electroisla.order.Orders} does.
 */
@NullMarked
package com.electroisla.order.http;

import org.jspecify.annotations.NullMarked;
