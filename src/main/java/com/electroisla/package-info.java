/**
 * Where everything is put together: {@link com.electroisla.Main} begins a process, {@link com.electroisla.Commands} lists
 * what it can do, {@link com.electroisla.Shop} wires the features by hand.
 *
 * <p>The HTTP edge and the commands ask a {@code Shop} for the part they need; no feature may know it, nor anything else in
 * here. What is decided about stock, carts and orders must never be decided here.
 */
@NullMarked
package com.electroisla;

import org.jspecify.annotations.NullMarked;
