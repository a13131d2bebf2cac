/**
 * A buyer's wish list. Owns the tables {@code carts}, {@code cart_items} and {@code cart_audit_logs}.
 *
 * <p>Adding reserves nothing. {@link com.electroisla.cart.Carts} decides many buyers' changes in one commit;
 * {@link com.electroisla.cart.CartTransaction} frames all other changes by a signed-in user: the cart row is the first
 * lock, on every instance, so that one user's requests are serialised. A user's cart, holds and orders must never be
 * changed without that lock, except by the sweep of expired holds.
 */
@NullMarked
package com.electroisla.cart;

import org.jspecify.annotations.NullMarked;
