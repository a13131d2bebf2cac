/**
 * The catalogue as a file, in and out: CSV and XLSX with the shop's own column names.
 *
 * <p>A file is streamed both ways, so a million products need no more memory than ten. A load is judged whole against one
 * snapshot and written in short pieces, so that it never stands in the way of those who buy: see {@link LoadCatalogue}. The total of a
 * product is written together with the movement that explains it; what is promised or sold must never exceed the new total. What may
 * be written about a product is {@code catalog}'s to say. The commands in {@code transfer.cli} and the admin's import call in here.
 */
@NullMarked
package com.electroisla.transfer;

import org.jspecify.annotations.NullMarked;
