/**
 * The calls of the old shop's front end, which works here as it is: those that the API does not have anyway, in that
 * front end's own words and shapes (docs/how-to/old-front-end.md).
 *
 * <p>Thin edges over the use cases of the features: a resource reads the request, calls the use case and writes its
 * outcome. Only the server calls this package. A rule of stock, money or access must never live here, and a figure
 * that a browser computed must never be believed. {@link com.electroisla.admin.StaffRight} says which role may make a
 * call for the staff.
 */
@NullMarked
package com.electroisla.oldfront.http;

import org.jspecify.annotations.NullMarked;
