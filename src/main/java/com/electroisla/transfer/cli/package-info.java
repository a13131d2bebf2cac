/**
 * {@code loaddata} and {@code dumpdata}.
 *
 * <p>Only the list of commands makes them. Data goes to stdout alone, so that a dump can be piped on; what is wrong with a
 * file, and how far the work is, must never be mixed into it.
 */
@NullMarked
package com.electroisla.transfer.cli;

import org.jspecify.annotations.NullMarked;
