/**
 * The pages of the people who run the shop: lists, forms, figures.
 *
 * <p>Owns no table. It reads every feature's, because its pages show several together, and changes nothing itself:
 * every change goes through the feature that owns the data, under that feature's locks. Only {@code admin.http} calls
 * this package.
 *
 * <p>A page must never cost one statement per row, and data that a role may not see must never be read for it.
 */
@NullMarked
package com.electroisla.admin;

import org.jspecify.annotations.NullMarked;
