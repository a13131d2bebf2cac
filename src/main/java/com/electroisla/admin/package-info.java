/**
 * The pages of the people who run the shop: lists, forms, figures.
 *
 * <p>Owns no table. It reads every feature's, because its pages show several together, and changes nothing itself:
 * every change goes through the feature that owns the data, under that feature's locks. Only {@code admin.http} and the
 * old front end's {@code oldfront.http} call this package; what the latter shows to whom says
 * {@link com.electroisla.admin.StaffRight}.
 *
 * <p>A page must never cost one statement per row, and data that a role may not see must never be read for it.
 */
@NullMarked
package com.electroisla.admin;

import org.jspecify.annotations.NullMarked;
