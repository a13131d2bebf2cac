/**
 * The measured shop: its temporary home, its database, its server, and the buyers with their full carts.
 *
 * <p>The other packages use this one, and it knows none of them. Every turn begins with the same shop, and the check
 * that the rows agree with the buyers' answers must never be left out.
 */
@NullMarked
package com.electroisla.bench.shop;

import org.jspecify.annotations.NullMarked;
