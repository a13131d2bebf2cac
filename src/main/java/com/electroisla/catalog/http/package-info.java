/**
 * The catalogue over HTTP: {@code /api/productos/} for anybody, the old shop's uploaded images under {@code
 * /media/}, and those that stand in products' rows under {@code /imagenes/}. Nothing calls it but the server. It must never change anything, nor serve a file outside the media folder
 * or one that is not an image.
 */
@NullMarked
package com.electroisla.catalog.http;

import org.jspecify.annotations.NullMarked;
