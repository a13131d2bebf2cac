/**
 * Shops that have grown: what a checkout, the list pages, the sweep and the takeover cost there.
 *
 * <p>Rows are made by the thousand with statements of its own; the past that they make must never differ from what the
 * program would have written.
 */
@NullMarked
package com.electroisla.bench.large;

import org.jspecify.annotations.NullMarked;
