/**
 * The cart over HTTP: look, add, change a line, remove one, empty it.
 *
 * <p>Nothing calls it but the server. A change must never bypass {@link com.electroisla.cart.Carts}, or a repeat with the
 * same key would be done twice.
 */
@NullMarked
package com.electroisla.cart.http;

import org.jspecify.annotations.NullMarked;
