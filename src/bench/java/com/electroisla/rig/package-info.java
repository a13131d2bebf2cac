/**
 * The common base of the benchmark and the drill: a folder that is deleted with all that runs from it, and the
 * packaged program started as a server in it.
 *
 * <p>This code must never touch a folder, a database or a process that a benchmark or a drill has not made.
 */
@NullMarked
package com.electroisla.rig;

import org.jspecify.annotations.NullMarked;
