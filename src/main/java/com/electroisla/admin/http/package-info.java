/**
 * The admin over HTTP, at {@code /admin/}.
 *
 * <p>Every resource carries {@link com.electroisla.pages.http.Page} and {@link com.electroisla.admin.http.AdminPage}; who
 * may see it says {@link com.electroisla.admin.Section}. SQL must never run here, nor stock be
 * changed: a resource reads the form, asks a feature and shows a template.
 */
@NullMarked
package com.electroisla.admin.http;

import org.jspecify.annotations.NullMarked;
