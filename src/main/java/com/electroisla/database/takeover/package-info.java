/**
 * The old shop's database as Django made it: which level it is at, and the little that must be fitted to it before our own
 * migrations can stand on it.
 *
 * <p>Owns the table {@code electro_isla_adaptaciones} and the guard that keeps the old shop from selling beside ours. Only
 * {@link com.electroisla.database.migration} calls it, inside its transactions. Everything that is fitted is remembered and
 * taken back: after a give-back the schema is the one that the real Django makes at that level. What Django made must
 * never be lost here, and no name of Django's above 0019 is ever counted as one of ours.
 */
@NullMarked
package com.electroisla.database.takeover;

import org.jspecify.annotations.NullMarked;
