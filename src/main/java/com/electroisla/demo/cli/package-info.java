/**
 * The command {@code demo}: fills an empty database, serves it and prints commands to try.
 *
 * <p>Only the list of commands makes it. The demo must never be served on anything but loopback, nor be written into a
 * database with other content.
 */
@NullMarked
package com.electroisla.demo.cli;

import org.jspecify.annotations.NullMarked;
