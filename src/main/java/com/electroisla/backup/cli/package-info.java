/**
 * {@code respaldar} and {@code restaurar}: where the file and its key come from, and the lines for the operator.
 *
 * <p>Only the list of commands makes them. The key must never be an argument, which every user of the machine could
 * read, and is never printed.
 */
@NullMarked
package com.electroisla.backup.cli;

import org.jspecify.annotations.NullMarked;
