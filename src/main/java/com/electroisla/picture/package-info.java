/**
 * The pictures of products: what the staff uploads becomes pictures of a few sizes, without anything that the sender's
 * file had beside its dots, and stands in the media folder under names made of their contents.
 *
 * <p>Owns the table {@code fotos_productos}: which pictures a product has, in which order, and their words. The first
 * of them is {@code productos.imagen} too, which the catalogue writes, for the old shop and for lists, which read
 * nothing else. A row that was taken away stays a day, so that it can come back; a file goes when the last row that
 * names it is deleted.
 *
 * <p>A byte of a sender's file must never reach the media folder: only what was decoded and encoded anew does. One
 * picture at a time is decoded in a process, whatever is sent. Files are written and rows are made under a lock that
 * the sweep of files takes alone.
 */
@NullMarked
package com.electroisla.picture;

import org.jspecify.annotations.NullMarked;
