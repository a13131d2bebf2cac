/**
 * What a buyer sees: the catalogue, a product, the cart, the checkout with its countdown, the payment, the orders.
 *
 * <p>Owns no table. A view is a record of plain values, made before its template runs, from what {@code catalog}, {@code
 * cart}, {@code reservation} and {@code order} hand out; {@code shopfront.http} is its edge. Here are also the card's gateway
 * and the order in which money and units are dealt with. Nothing here may ever decide about stock: it asks the owners; and a
 * card's number must never be kept nor logged.
 */
@NullMarked
package com.electroisla.shopfront;

import org.jspecify.annotations.NullMarked;
