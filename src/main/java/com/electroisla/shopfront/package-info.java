/**
 * The buyers' pages: the catalogue, a product, the cart, the checkout with its countdown, the payment, the orders.
 *
 * <p>Owns no table. A view is a record of plain values, made before its template runs, from the values of
 * {@code catalog}, {@code cart}, {@code reservation}, {@code purchase} and {@code order}; {@code shopfront.http} is its
 * edge. Code here must never decide about stock or money: it asks the owners. No page asks for a card's number: a
 * provider's page does.
 */
@NullMarked
package com.electroisla.shopfront;

import org.jspecify.annotations.NullMarked;
