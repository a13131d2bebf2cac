/**
 * The shop that is measured: its throw-away home, its database, its server, and the buyers with their full carts.
 *
 * <p>The other rooms stand on this one, and it knows none of them. Every turn begins with the same shop, and a check
 * that the rows are as many as the buyers were told of must never be left out.
 */
@NullMarked
package com.electroisla.bench.shop;

import org.jspecify.annotations.NullMarked;
