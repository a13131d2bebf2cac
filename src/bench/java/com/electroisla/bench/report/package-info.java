/**
 * The figures as people read them: tables, ratios, the reference page and what the READMEs quote of it.
 *
 * <p>Nothing is measured here, and no figure is ever typed in: the pages keep what a run has shown.
 */
@NullMarked
package com.electroisla.bench.report;

import org.jspecify.annotations.NullMarked;
