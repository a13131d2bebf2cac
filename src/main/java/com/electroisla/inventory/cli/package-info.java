/**
 * The operator's commands on the stock figures, with the guide's own texts and symbols.
 *
 * <p>Only the list of commands makes them. A difference must never be repaired unasked: a person has to look into it.
 */
@NullMarked
package com.electroisla.inventory.cli;

import org.jspecify.annotations.NullMarked;
