package com.electroisla.transfer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One product as a file has it.
 *
 * @param line the line's number in the file
 * @param cells the values of the filled cells, a price as plain text. An empty cell is not among them: it leaves the
 *     present value, or the default of a new product. A text may be empty, which empties the field
 * @param doubts faults that count unless the shop has the same value already: a column, a tab and the reason, in a
 *     line each
 */
record ProductLine(
        long line,
        Map<CatalogueColumn, Object> cells,
        @Nullable String doubts) {}
