/**
 * The command {@code demo}: fills an empty database, serves it and says what to try.
 *
 * <p>Only the list of commands makes it. It must never serve on anything but loopback, nor fill a database that holds
 * anything else.
 */
@NullMarked
package com.electroisla.demo.cli;

import org.jspecify.annotations.NullMarked;
