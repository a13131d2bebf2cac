/**
 * The common parts of all pages: texts in two languages, the frame, the values of forms, charts.
 *
 * <p>Owns no table and knows no feature, though the names of roles and of an order's states are among its texts: all
 * pages show them. {@code pages.http} is its edge, and {@code admin} and {@code shopfront} use both. A view for a
 * template is a record of plain values, made before the template runs.
 *
 * <p>Text must never become markup: templates escape, and this package never gives them a user's text as a raw string.
 */
@NullMarked
package com.electroisla.pages;

import org.jspecify.annotations.NullMarked;
