/**
 * Pages over HTTP: whose session a browser's cookie opens, the forms' protection against foreign sites, stylesheets and
 * scripts, and the pages to sign in, sign up and sign out.
 *
 * <p>A resource of pages carries {@link com.electroisla.pages.http.Page} and asks {@link com.electroisla.pages.http.Visit}
 * for all it needs. A form must never be read before its token was compared, and an answer must never leave without the
 * headers that forbid foreign scripts; both are done here and nowhere else.
 */
@NullMarked
package com.electroisla.pages.http;

import org.jspecify.annotations.NullMarked;
