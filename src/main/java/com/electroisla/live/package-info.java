/**
 * Word that stock changed, from whichever instance changed it to every instance that has somebody watching.
 *
 * <p>Owns no table and knows no feature: it says that something changed, and whoever hears it reads anew. The word must never
 * be sent inside a deciding transaction, whose commit it would serialise, and nothing may depend on it but comfort: a database
 * without LISTEN and NOTIFY gets {@link com.electroisla.live.StockNews#NONE}, and pages are read anew by the clock.
 */
@NullMarked
package com.electroisla.live;

import org.jspecify.annotations.NullMarked;
