/**
 * Large shops: the cost of a checkout, the list pages, the sweep and the takeover there.
 *
 * <p>Rows are made by the thousand with statements of their own; they must never differ from rows that the program
 * would have written.
 */
@NullMarked
package com.electroisla.bench.large;

import org.jspecify.annotations.NullMarked;
