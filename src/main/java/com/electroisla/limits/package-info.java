/**
 * Limits of how often a subject may do something: fixed windows counted in the database, so that they hold
 * across instances.
 *
 * <p>Owns the table {@code limites}. Any feature may hold a {@link com.electroisla.limits.Limits} and count in its own
 * transaction. A limit that is off must never touch the table.
 */
@NullMarked
package com.electroisla.limits;

import org.jspecify.annotations.NullMarked;
