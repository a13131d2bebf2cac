/**
 * Notifications that stock changed, from any instance to every instance with open pages.
 *
 * <p>Owns no table and knows no feature: a notification has no details, and listeners read the data anew. A
 * notification must never be sent inside a deciding transaction, whose commit it would serialise, and no correctness
 * may depend on it: a database without LISTEN and NOTIFY gets {@link com.electroisla.live.StockNews#NONE}, and pages
 * are then read anew by the clock.
 */
@NullMarked
package com.electroisla.live;

import org.jspecify.annotations.NullMarked;
