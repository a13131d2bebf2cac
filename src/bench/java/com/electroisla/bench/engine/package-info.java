/**
 * The ways of reserving without HTTP, side by side: lock and update as other shops do, this engine, and the ceiling
 * that the database sets.
 *
 * <p>A {@code Way} answers its buyer only after a commit that is durable; none may ever be given an easier shop than
 * the others.
 */
@NullMarked
package com.electroisla.bench.engine;

import org.jspecify.annotations.NullMarked;
