/**
 * The old shop's database as Django made it: which level it is at, what is wrong with it, and the little that must be fitted
 * to it before our own migrations can stand on it.
 *
 * <p>{@code DjangoLevel} reads the level from Django's full names. {@code Takeover} looks before anything is done, names each
 * {@code Finding} and mends when asked; the expected tables are in the files beside this package's classes. {@code Adaptation} fits
 * what differs, writes down what it did and takes it back: after a give-back the schema is the one that the real Django
 * makes at that level. {@code TakenOverSql} tells later readers what was there before us.
 *
 * <p>Owns the tables {@code electro_isla_adaptaciones} and {@code electro_isla_diferencias} and the guard that keeps the old shop from
 * selling beside ours. {@link com.electroisla.database.migration} calls it inside its transactions; a question to {@code
 * TakenOverSql} anybody may ask. What Django made must never be lost here, no name of Django's above 0019 is ever counted as
 * one of ours, and nothing is mended unasked.
 */
@NullMarked
package com.electroisla.database.takeover;

import org.jspecify.annotations.NullMarked;
