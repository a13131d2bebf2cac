/**
 * The benchmark, {@code ./manage bench}: the same purchases by several ways, side by side, on a database of its own.
 *
 * <p>Owns a throw-away home with an embedded PostgreSQL that has the settings of production (see {@code rig}). Nothing calls it but its own
 * launcher, and it is compiled with the tests, so no part of it is in the product. It must never touch the operator's
 * database, nor leave out of the measured time anything that a way owes its buyer: every way answers only after a commit
 * that is durable.
 */
@NullMarked
package com.electroisla.bench;

import org.jspecify.annotations.NullMarked;
