/**
 * The caller's orders over HTTP: the list, one order, its cancelling. Payments are in {@code reservation.http},
 * because they are decided there.
 *
 * <p>Only the server calls this package, except that the answer to a payment is an {@code OrderJson} too. Who may see
 * an order is never decided here: {@link com.electroisla.order.Orders} does that.
 */
@NullMarked
package com.electroisla.order.http;

import org.jspecify.annotations.NullMarked;
