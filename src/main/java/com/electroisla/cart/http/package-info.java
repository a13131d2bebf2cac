/**
 * The cart over HTTP: look, add, change a line, remove one, empty it.
 *
 * <p>Only the server calls this package, except that the old front end's calls answer with a {@code CartJson} too. A
 * change must never bypass {@link com.electroisla.cart.Carts}, because then a repetition with the same key would be
 * done twice.
 */
@NullMarked
package com.electroisla.cart.http;

import org.jspecify.annotations.NullMarked;
