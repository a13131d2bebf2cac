/**
 * The root: {@link com.electroisla.Main} begins a process, {@link com.electroisla.Commands} lists the commands,
 * {@link com.electroisla.Shop} wires the features by hand.
 *
 * <p>The HTTP edge and the commands ask a {@code Shop} for the part they need; no feature may know it, nor any other
 * class of this package. Stock, carts and orders must never be decided on here.
 */
@NullMarked
package com.electroisla;

import org.jspecify.annotations.NullMarked;
