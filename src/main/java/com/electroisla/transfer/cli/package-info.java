/**
 * {@code loaddata} and {@code dumpdata}.
 *
 * <p>Only the list of commands makes them. Data alone goes to stdout, so that a dump can be piped; problems of a file
 * and progress must never be mixed into it.
 */
@NullMarked
package com.electroisla.transfer.cli;

import org.jspecify.annotations.NullMarked;
