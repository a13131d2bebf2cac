/**
 * The command that compares the inventory for the operator.
 *
 * <p>Only the list of commands makes it. A difference must never be repaired unasked: a person has to look into it.
 */
@NullMarked
package com.electroisla.reconciliation.cli;

import org.jspecify.annotations.NullMarked;
