/**
 * What every page is made of, whoever it is for: its words in two languages, its frame, the values of its forms, its charts.
 *
 * <p>Owns no table and knows no feature; {@code pages.http} is its edge, and {@code admin} and {@code shopfront} build on
 * both. A view that goes into a template is a record of plain values, made before the template runs.
 *
 * <p>Here text must never become markup: templates escape, and nothing in this package hands them a raw string that a
 * person wrote.
 */
@NullMarked
package com.electroisla.pages;

import org.jspecify.annotations.NullMarked;
