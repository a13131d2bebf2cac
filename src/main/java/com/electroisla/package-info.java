/**
 * Where a process begins: {@link com.electroisla.Main}. The list of what it can do is
 * {@link com.electroisla.Commands}.
 *
 * <p>They stand above everything: no other package may know them. A decision or a wiring must never stand here, where
 * a test could not reach it without starting a process.
 */
@NullMarked
package com.electroisla;

import org.jspecify.annotations.NullMarked;
