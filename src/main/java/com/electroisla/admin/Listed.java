package com.electroisla.admin;

import java.util.List;

/**
 * A page of a list.
 *
 * @param count of all rows that match
 * @param rows of this page
 */
public record Listed<T>(long count, List<T> rows) {}
