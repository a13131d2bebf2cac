/**
 * The failure drill, {@code ./manage simulacro}: buyers on two servers, {@code kill -9} of servers and database at
 * random moments, and afterwards the proof that the answers to the buyers agree with the database.
 *
 * <p>The drill is built with the benchmark and not in the product: it kills processes and keeps whole histories in
 * memory, and no shop should contain such code. The servers it starts are the packaged program as it is delivered.
 * {@link com.electroisla.drill.Judge} and {@link com.electroisla.drill.Promises} are pure and have tests of their own.
 *
 * <p>The drill must never touch a database or a process that it has not made itself.
 */
@NullMarked
package com.electroisla.drill;

import org.jspecify.annotations.NullMarked;
