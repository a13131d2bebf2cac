/**
 * The buyers' pages: the catalogue, a product, the cart, the checkout with its countdown, the payment, the orders.
 *
 * <p>Owns no table. A view is a record of plain values, made before its template runs, from the values of
 * {@code catalog}, {@code cart}, {@code reservation} and {@code order}; {@code shopfront.http} is its edge. The
 * package also has the card gateway and the order of the steps of a payment. Code here must never decide about stock:
 * it asks the owners; and a card's number must never be kept nor logged.
 */
@NullMarked
package com.electroisla.shopfront;

import org.jspecify.annotations.NullMarked;
