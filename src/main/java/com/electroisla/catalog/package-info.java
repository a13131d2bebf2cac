/**
 * The catalogue: what is on sale, at what price, and how much of it can still be taken. It owns reading the table
 * {@code productos} for buyers, and writing what people say of a product; the stock counters in it are written by {@code reservation}, {@code order} and {@code
 * inventory} alone and must never be changed here. Any feature may use {@link com.electroisla.catalog.Product},
 * {@link com.electroisla.catalog.Money} and {@link com.electroisla.catalog.Products}. A listing must cost the same on
 * every page that is reached by following {@code next}.
 */
@NullMarked
package com.electroisla.catalog;

import org.jspecify.annotations.NullMarked;
