/**
 * The operator's consoles: the classes that {@code shell} and {@code dbshell} offer, with Spanish names, because
 * operators read and type the names of classes and methods here.
 *
 * <p>The package owns no table; a statement that an operator types may write any. {@code Consola} holds the shop of
 * this process for the snippets, which can hold nothing but static names. Only the commands in {@code shell.cli} call
 * this package. A list is read a page at a time, so that it may be of any length, and the password of the database
 * must never be on a command line or in a text that is printed.
 */
@NullMarked
package com.electroisla.shell;

import org.jspecify.annotations.NullMarked;
