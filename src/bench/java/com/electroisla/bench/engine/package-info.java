/**
 * The ways of reserving without HTTP, side by side: lock and update as other shops do, this engine, and the upper
 * limit set by the database.
 *
 * <p>A {@code Way} answers its buyer only after a durable commit; no way may ever get an easier shop than the others.
 */
@NullMarked
package com.electroisla.bench.engine;

import org.jspecify.annotations.NullMarked;
