/**
 * {@code shell} and {@code dbshell}: for people at a terminal, and as scripts from standard input.
 *
 * <p>Only the list of commands makes them. In a script the first failure ends it with exit 1 and one line; a script
 * must never go on after a part of it failed.
 */
@NullMarked
package com.electroisla.shell.cli;

import org.jspecify.annotations.NullMarked;
