package com.electroisla.transfer;

import com.electroisla.database.StockFigures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A product of the shop as a row of a catalogue file, the same in every export: {@code loaddata} reads it back as it
 * is.
 */
public final class CatalogueRow {
    /**
     * The columns that a statement over {@code productos} selects for {@link #cells}. A product that is not
     * initialised has no total yet; its cell is empty, so that loading the file leaves it so. The cell of a price that
     * is not valid is empty too.
     */
    public static final String SELECTED = """
            id, nombre, descripcion, CASE WHEN es_precio(precio) THEN precio::text END AS precio_de_archivo, descuento, categoria,
            CASE WHEN NOT """ + StockFigures.NOT_INITIALISED + """
             THEN stock_total END AS total_de_archivo, activo, imagen_url""";

    /** Rows fetched at a time: each may contain an image, and all rows of one fetch are in memory. */
    public static final int FETCH_SIZE = 20;

    /** Figures that the shop computes, for the reader of the file: a load ignores them. */
    public static final String SELECTED_FIGURES = "stock_reservado, stock_vendido, " + StockFigures.FREE + " AS stock_disponible";
    private static final List<String> FIGURES = List.of("stock_reservado", "stock_vendido", "stock_disponible");

    private CatalogueRow() {}

    static List<String> headers(boolean withId) {
        List<String> headers = Column.headers();
        return withId ? headers : headers.subList(1, headers.size());
    }

    /** The header of {@link #withFigures}. */
    public static List<String> headersWithFigures() {
        return Stream.concat(headers(true).stream(), FIGURES.stream()).toList();
    }

    static List<String> cells(ResultSet row, boolean withId) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (Column column : Column.values()) {
            if (column != Column.ID || withId) {
                String text = Objects.toString(value(row, column), "");
                cells.add(column.isText() ? FormulaGuard.put(text) : text);
            }
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

    private static @Nullable Object value(ResultSet row, Column column) throws SQLException {
        return switch (column) {
            case PRICE -> row.getString("precio_de_archivo");
            case STOCK_TOTAL -> row.getString("total_de_archivo");
            case ACTIVE -> row.getBoolean("activo");
            case ID, NAME, DESCRIPTION, DISCOUNT, CATEGORY, IMAGE -> row.getString(column.header());
        };
    }
}
