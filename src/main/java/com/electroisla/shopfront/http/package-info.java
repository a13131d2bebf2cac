/**
 * The shop's pages over HTTP, at {@code /}.
 *
 * <p>Every resource carries {@link com.electroisla.pages.http.Page}. A resource reads the form, asks a feature and shows a
 * template; SQL must never run here, nor anything be decided about stock or money.
 */
@NullMarked
package com.electroisla.shopfront.http;

import org.jspecify.annotations.NullMarked;
