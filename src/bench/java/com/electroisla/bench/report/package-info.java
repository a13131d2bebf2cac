/**
 * The figures for people: tables, ratios, the reference page and the READMEs' quotes of it.
 *
 * <p>Nothing is measured here, and no figure is ever typed in: the pages keep the results of a run.
 */
@NullMarked
package com.electroisla.bench.report;

import org.jspecify.annotations.NullMarked;
