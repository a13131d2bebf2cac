/**
 * The operator's commands on the stock figures, with the guide's own words and symbols.
 *
 * <p>Only the list of commands makes them. A difference must never be repaired unasked: it is for a person
 * to look into.
 */
@NullMarked
package com.electroisla.inventory.cli;

import org.jspecify.annotations.NullMarked;
