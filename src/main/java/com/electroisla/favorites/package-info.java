/**
 * The products that people keep as favourites. Owns the table {@code favoritos}, which the old shop has too; in a
 * database that Django made it is Django's, and used as it is.
 *
 * <p>A favourite promises nothing and reserves nothing. It is changed under the user's cart lock, as everything that a
 * user changes; a change must never be made outside a {@code CartTransaction}, because then a repetition with the same
 * key would be counted twice.
 */
@NullMarked
package com.electroisla.favorites;

import org.jspecify.annotations.NullMarked;
