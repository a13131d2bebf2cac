/**
 * The wiring of the parts, done only here: {@link com.electroisla.wiring.Shop} wires the features by hand, once for
 * server, commands and tests; {@link com.electroisla.wiring.Parts} gives them to the HTTP edge;
 * {@link com.electroisla.wiring.Housekeeping} is the background work of a server.
 *
 * <p>A process begins above this package, and the edge and the commands take their parts from here; no feature may
 * know it. Stock, carts and orders must never be decided on here.
 */
@NullMarked
package com.electroisla.wiring;

import org.jspecify.annotations.NullMarked;
