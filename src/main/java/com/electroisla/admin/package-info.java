/**
 * What the people who run the shop see of it, and what they may do: lists, forms, figures.
 *
 * <p>Owns no table. It reads every feature's, because its pages show several together, and changes nothing itself: whatever
 * is changed goes through the feature that owns it, under that feature's locks. Only {@code admin.http} calls it.
 *
 * <p>Here a page must never cost a statement a row, and what a role may not see must never be read for it.
 */
@NullMarked
package com.electroisla.admin;

import org.jspecify.annotations.NullMarked;
