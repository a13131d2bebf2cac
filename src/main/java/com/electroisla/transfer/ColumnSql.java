package com.electroisla.transfer;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The column lists in the statements of a load, all made of {@link CatalogueColumn}: {@code c} is a line of the file,
 * {@code p} its product, {@code q} the product's wanted values.
 */
final class ColumnSql {
    /** The columns of {@code carga}, with their types, in the order of {@link CopyText}. */
    static final String TYPED = each(CatalogueColumn.ALL.stream(), column -> column.header() + " " + column.sqlType());

    static final String NAMES = each(CatalogueColumn.WRITTEN.stream(), CatalogueColumn::header);

    static final String PRESENT = each(CatalogueColumn.WRITTEN.stream(), column -> "p." + column.header());

    /**
     * The values that a product would have. An empty cell leaves the present value, and so does an equal one; an old
     * row without an image keeps its null or its empty text.
     */
    static final String WANTED = each(CatalogueColumn.WRITTEN.stream(), ColumnSql::wanted);

    /**
     * A hash of the product's values in the columns that its line fills: changes in other columns do not concern the
     * line.
     */
    static final String VERSION = "hashtextextended(ROW("
            + each(CatalogueColumn.WRITTEN.stream(), column -> in("CASE WHEN c.<c> IS NOT NULL THEN p.<c> END", column))
            + ")::text, 0)";

    /** Whether the line's value of {@code d.campo} differs from the product's. */
    static final String DIFFERS = "CASE d.campo "
            + CatalogueColumn.WRITTEN.stream()
                    .map(column -> in("WHEN '<c>' THEN c.<c> <> ", column) + stored("p", column))
                    .collect(Collectors.joining(" "))
            + " END";

    /** Rows of field, value before and value after, in the order of the columns. */
    static final String BEFORE_AND_AFTER = each(
            CatalogueColumn.WRITTEN.stream(),
            column -> "(" + CatalogueColumn.WRITTEN.indexOf(column) + ", '" + column.header() + "', "
                    + stored("p", column) + "::text, " + stored("q", column) + "::text)");

    /** The values of a new product, in the order of {@link #NAMES}. */
    static final String OF_A_NEW_ONE = each(CatalogueColumn.WRITTEN.stream(), ColumnSql::preset);

    private ColumnSql() {}

    private static String each(Stream<CatalogueColumn> columns, Function<CatalogueColumn, String> sql) {
        return columns.map(sql).collect(Collectors.joining(", "));
    }

    private static String in(String template, CatalogueColumn column) {
        return template.replace("<c>", column.header());
    }

    /** A row's column as its value in a file. */
    private static String stored(String row, CatalogueColumn column) {
        return column.shown(row + "." + column.header());
    }

    private static String wanted(CatalogueColumn column) {
        if (!column.isText()) {
            return column.kept(in("COALESCE(c.<c>, p.<c>)", column));
        }
        String clean = in("btrim(c.<c>, :blanks)", column);
        return in("CASE WHEN c.<c> IS NULL OR c.<c> = ", column) + stored("p", column) + in(" THEN p.<c> ELSE ", column)
                + column.kept(clean) + " END";
    }

    private static String preset(CatalogueColumn column) {
        String said = "c." + column.header();
        if (column.isNullable()) {
            return column.kept(said);
        }
        return column.preset()
                .map(preset ->
                        "COALESCE(" + said + ", " + (preset instanceof String ? "'" + preset + "'" : preset) + ")")
                .orElse(said);
    }
}
