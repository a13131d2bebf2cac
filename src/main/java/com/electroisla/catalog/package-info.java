/**
 * The catalogue: the products on sale, their prices and their free units.
 *
 * <p>Owns the tables {@code productos} and {@code textos_productos}, the words to search in, which a trigger writes.
 * The stock figures in the former belong to {@code reservation} and {@code inventory} and must never be changed here.
 * Any feature may use {@link com.electroisla.catalog.Product}, {@link com.electroisla.catalog.Money} and
 * {@link com.electroisla.catalog.Products}. {@link com.electroisla.catalog.ProductField} is the one list of the columns
 * that people write: form, file, statements and audit log follow from it. A listing must cost the same on every page
 * that is reached by following {@code next}.
 */
@NullMarked
package com.electroisla.catalog;

import org.jspecify.annotations.NullMarked;
