/**
 * The entry point of a process, {@link com.electroisla.Main}, and the list of its commands,
 * {@link com.electroisla.Commands}.
 *
 * <p>Both stand above everything: no other package may know them. A decision or a wiring must never be made here,
 * where a test could not reach it without starting a process.
 */
@NullMarked
package com.electroisla;

import org.jspecify.annotations.NullMarked;
