/**
 * The shop at the operator's fingertips: what {@code shell} and {@code dbshell} offer, in the shop's own words, because here
 * the names of classes and methods are what a person reads and types.
 *
 * <p>{@code Consola} holds the shop of this process for the snippets, which can hold nothing but static names. Only the
 * commands in {@code shell.cli} call in here. A list is read a page at a time, so that it may be of any length, and the
 * password of the database must never be on a command line or in a text that is printed.
 */
@NullMarked
package com.electroisla.shell;

import org.jspecify.annotations.NullMarked;
