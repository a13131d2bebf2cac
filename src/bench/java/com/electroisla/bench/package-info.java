/**
 * The benchmark, {@code ./manage bench}: the same purchases by several ways, side by side, on a database of its own.
 * The command and the goals are here; {@code shop} is the measured shop, {@code engine} and {@code http} are the ways,
 * {@code large} has the large shops, and {@code report} writes the figures.
 *
 * <p>Owns a temporary home with an embedded PostgreSQL that has the settings of production (see {@code rig}). Only its
 * own launcher calls it, and it is compiled with the tests, so no part of it is in the product. The benchmark must
 * never touch the operator's database, nor leave any work for a buyer out of the measured time: every way answers only
 * after a durable commit.
 */
@NullMarked
package com.electroisla.bench;

import org.jspecify.annotations.NullMarked;
