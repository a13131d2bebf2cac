/**
 * The catalogue as a file, in and out: CSV and XLSX with the shop's own column names.
 *
 * <p>Files are streamed both ways, so a million products need no more memory than ten. A load first compares the whole
 * file with one snapshot and then writes it in short pieces, so that buyers never wait for it: see
 * {@link LoadCatalogue}. The total of a product is written together with the movement that explains it; the units held
 * and sold must never exceed the new total. The rules for a product's fields are {@code catalog}'s.
 *
 * <p>The package owns no table. Writes also {@code productos}, {@code productos.stock_total} and
 * {@code movimientos_stock}: a piece of a file is a few statements over all its lines, whatever their number. The
 * commands in {@code transfer.cli} and the admin's import call this package.
 */
@NullMarked
package com.electroisla.transfer;

import org.jspecify.annotations.NullMarked;
