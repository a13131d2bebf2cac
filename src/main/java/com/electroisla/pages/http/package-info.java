/**
 * Pages over HTTP: browsers' sessions, the forms' protection against other sites, stylesheets and scripts, and the
 * pages to sign in, sign up and sign out.
 *
 * <p>A resource of pages carries {@link com.electroisla.pages.http.Page} and takes everything from
 * {@link com.electroisla.pages.http.Visit}. A form must never be read before its token was compared, and an answer
 * never be sent without the headers that forbid scripts of other sites; both happen here and nowhere else.
 */
@NullMarked
package com.electroisla.pages.http;

import org.jspecify.annotations.NullMarked;
