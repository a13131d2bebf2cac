/**
 * Where the parts are put together, and nowhere else: {@link com.electroisla.wiring.Shop} wires the features by hand,
 * once for server, commands and tests; {@link com.electroisla.wiring.Parts} hands them to the HTTP edge; {@link
 * com.electroisla.wiring.Housekeeping} is what a server does by itself.
 *
 * <p>A process begins above this, and the edge and the commands take their parts from here; no feature may know it.
 * Nothing about stock, carts and orders must ever be decided here.
 */
@NullMarked
package com.electroisla.wiring;

import org.jspecify.annotations.NullMarked;
