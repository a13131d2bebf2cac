/**
 * The catalogue as a file, in and out: CSV and XLSX with the shop's own column names.
 *
 * <p>A file is streamed both ways, so a million products need no more memory than ten. A load is one transaction: what it
 * changes it has locked in id order like everybody else, and it changes nothing else, so that it never stands in the way of
 * those who buy what it leaves alone. The total of a product is written together with the movement that explains it; what is
 * promised or sold must never exceed the new total. The commands in {@code transfer.cli} call in here.
 */
@NullMarked
package com.electroisla.transfer;

import org.jspecify.annotations.NullMarked;
