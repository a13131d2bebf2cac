/**
 * Limits of how often a subject may do something: fixed windows counted in the table {@code limites}, so that they
 * hold across instances.
 *
 * <p>Any feature may hold a {@link com.electroisla.limits.Limits} and count in its own transaction. The table belongs
 * to this package; no other statement may write it. A limit that is off must never touch the table.
 */
@NullMarked
package com.electroisla.limits;

import org.jspecify.annotations.NullMarked;
