/**
 * The shop's pages over HTTP, at {@code /}.
 *
 * <p>Every resource carries {@link com.electroisla.pages.http.Page}. A resource reads the form, calls a feature and
 * renders a template; SQL must never run here, nor stock or money be decided on.
 */
@NullMarked
package com.electroisla.shopfront.http;

import org.jspecify.annotations.NullMarked;
