/**
 * The catalogue over HTTP: {@code /api/productos/} for anybody, the old shop's uploaded images under {@code /media/},
 * and images stored in products' rows under {@code /imagenes/}. Only the server calls this package, except that the
 * old front end's lists consist of {@code ProductJson} too. It must never change data, nor serve a file outside the
 * media folder or one that is not an image.
 */
@NullMarked
package com.electroisla.catalog.http;

import org.jspecify.annotations.NullMarked;
