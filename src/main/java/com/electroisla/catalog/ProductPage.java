package com.electroisla.catalog;

import com.electroisla.http.Cursor;
import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param count how many products the whole listing had when its first page was read
 * @param number from 1
 * @param next the start of the next page; empty on the last
 */
public record ProductPage(List<Product> products, long count, int number, Optional<Cursor> next) {}
