/**
 * The admin over HTTP, at {@code /admin/}.
 *
 * <p>Every resource carries {@link com.electroisla.pages.http.Page} and {@link com.electroisla.admin.http.AdminPage};
 * {@link com.electroisla.admin.Section} says who may see it. SQL must never run here, nor stock be changed: a resource
 * reads the form, calls a feature and renders a template.
 */
@NullMarked
package com.electroisla.admin.http;

import org.jspecify.annotations.NullMarked;
