/**
 * The catalogue: the products on sale, their prices and their free units. The package owns reading the table
 * {@code productos} for buyers, and writing a product's editable fields; the stock figures in it are written by
 * {@code reservation}, {@code order} and {@code inventory} alone and must never be changed here. Any feature may use
 * {@link com.electroisla.catalog.Product}, {@link com.electroisla.catalog.Money} and
 * {@link com.electroisla.catalog.Products}. A listing must cost the same on every page that is reached by following
 * {@code next}.
 */
@NullMarked
package com.electroisla.catalog;

import org.jspecify.annotations.NullMarked;
