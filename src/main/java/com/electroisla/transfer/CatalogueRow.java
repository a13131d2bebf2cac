package com.electroisla.transfer;

import com.electroisla.database.StockFigures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A product of the shop as a row of a catalogue file, the same in every export: {@code loaddata} reads it back as it
 * is.
 */
public final class CatalogueRow {
    /** Columns whose value in a file differs from the row's, with another name: a list may be sorted by the row's. */
    private static final Map<CatalogueColumn, String> IN_FILE =
            Map.of(CatalogueColumn.PRICE, "precio_de_archivo", CatalogueColumn.STOCK_TOTAL, "total_de_archivo");

    /**
     * The columns that a statement over {@code productos} selects for {@link #cells}. A product that is not
     * initialised has no total yet; its cell is empty, so that loading the file leaves it so. The cell of a price that
     * is not valid is empty too.
     */
    public static final String SELECTED =
            CatalogueColumn.ALL.stream().map(CatalogueRow::selected).collect(Collectors.joining(", "));

    /** Rows fetched at a time: each may contain an image, and all rows of one fetch are in memory. */
    public static final int FETCH_SIZE = 20;

    /** Figures that the shop computes, for the reader of the file: a load ignores them. */
    public static final String SELECTED_FIGURES =
            "stock_reservado, stock_vendido, " + StockFigures.FREE + " AS stock_disponible";

    private static final List<String> FIGURES = List.of("stock_reservado", "stock_vendido", "stock_disponible");

    private CatalogueRow() {}

    static List<String> headers(boolean withId) {
        return (withId ? CatalogueColumn.ALL : CatalogueColumn.WRITTEN)
                .stream().map(CatalogueColumn::header).toList();
    }

    /** The header of {@link #withFigures}. */
    public static List<String> headersWithFigures() {
        return Stream.concat(headers(true).stream(), FIGURES.stream()).toList();
    }

    static List<String> cells(ResultSet row, boolean withId) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (CatalogueColumn column : withId ? CatalogueColumn.ALL : CatalogueColumn.WRITTEN) {
            String text = Objects.toString(value(row, column), "");
            cells.add(column.isText() ? FormulaGuard.put(text) : text);
        }
        return cells;
    }

    /** The row with its id and figures, from the columns of {@link #SELECTED} and {@link #SELECTED_FIGURES}. */
    public static List<String> withFigures(ResultSet row) throws SQLException {
        List<String> cells = cells(row, true);
        for (String figure : FIGURES) {
            cells.add(row.getString(figure));
        }
        return cells;
    }

    private static String selected(CatalogueColumn column) {
        if (column == CatalogueColumn.PRICE) {
            return "CASE WHEN es_precio(precio) THEN precio::text END AS " + IN_FILE.get(column);
        }
        return column == CatalogueColumn.STOCK_TOTAL
                ? "CASE WHEN NOT " + StockFigures.NOT_INITIALISED + " THEN stock_total END AS " + IN_FILE.get(column)
                : column.header();
    }

    private static @Nullable Object value(ResultSet row, CatalogueColumn column) throws SQLException {
        String name = IN_FILE.getOrDefault(column, column.header());
        return column.isTruth() ? (Object) row.getBoolean(name) : row.getString(name);
    }
}
