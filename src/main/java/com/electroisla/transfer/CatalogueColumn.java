package com.electroisla.transfer;

import com.electroisla.catalog.ProductField;
import com.electroisla.catalog.ProductField.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A column of a catalogue file: a field of the product, its id or its total. */
final class CatalogueColumn {
    static final CatalogueColumn ID = new CatalogueColumn("id", null, "bigint");
    static final CatalogueColumn NAME = of(ProductField.NAME);
    static final CatalogueColumn PRICE = of(ProductField.PRICE);
    static final CatalogueColumn STOCK_TOTAL = new CatalogueColumn("stock_total", null, "int");

    private static final List<CatalogueColumn> FIRST = List.of(
            ID,
            NAME,
            of(ProductField.DESCRIPTION),
            PRICE,
            of(ProductField.DISCOUNT),
            of(ProductField.CATEGORY),
            STOCK_TOTAL,
            of(ProductField.ACTIVE),
            of(ProductField.IMAGE));

    /** All columns in the order of the file: first the oldest ones in their old places, then every other field. */
    static final List<CatalogueColumn> ALL = Stream.concat(
                    FIRST.stream(),
                    Stream.of(ProductField.values())
                            .filter(field -> FIRST.stream().noneMatch(column -> column.field == field))
                            .map(CatalogueColumn::of))
            .toList();

    /** All columns except the id. */
    static final List<CatalogueColumn> WRITTEN = ALL.subList(1, ALL.size());

    /** The columns that a new product requires. */
    static final List<CatalogueColumn> REQUIRED =
            ALL.stream().filter(CatalogueColumn::isRequired).toList();

    /** The columns that are neither required nor the id. */
    static final List<CatalogueColumn> OPTIONAL =
            WRITTEN.stream().filter(column -> !column.isRequired()).toList();

    /**
     * Columns that the shop computes or maintains itself; a file may have them, and the report says that they are left
     * out.
     */
    private static final Set<String> OURS = Set.of(
            "stock",
            "stock_reservado",
            "stock_vendido",
            "stock_disponible",
            "en_estante",
            "precio_final",
            "created_at",
            "updated_at",
            "creado_por_id",
            "imagen",
            "en_carrusel",
            "en_carousel_card",
            "en_all_products");

    private final String header;
    private final @Nullable ProductField field;
    private final String sqlType;

    private CatalogueColumn(String header, @Nullable ProductField field, String sqlType) {
        this.header = header;
        this.field = field;
        this.sqlType = sqlType;
    }

    private static CatalogueColumn of(ProductField field) {
        return new CatalogueColumn(field.column(), field, field.kind().type().sql());
    }

    /** The column's name in the header row and in the database. */
    String header() {
        return header;
    }

    /** The field; null for the id and the total. */
    @Nullable
    ProductField field() {
        return field;
    }

    /** The column's SQL type in the table of a load. */
    String sqlType() {
        return sqlType;
    }

    /** Free text, which a spreadsheet might take for a formula. */
    boolean isText() {
        return field != null && field.kind().isText();
    }

    /** Whether an empty text is NULL in the database. */
    boolean isNullable() {
        return field != null && field.kind().isNullable();
    }

    /** The SQL for a value of the file as the database keeps it. */
    String kept(String value) {
        return field == null ? value : field.kept(value);
    }

    /** The SQL for a kept value as the file shows it. */
    String shown(String value) {
        return field == null ? value : field.shown(value);
    }

    boolean isTruth() {
        return field != null && field.kind() == Kind.SWITCH;
    }

    private boolean isRequired() {
        return field != null && field.preset().isEmpty();
    }

    /** The default of a new product for an empty cell; empty for a required column. */
    Optional<Object> preset() {
        return field == null ? Optional.of(0) : field.preset();
    }

    static Optional<CatalogueColumn> of(String header) {
        return ALL.stream().filter(column -> column.header.equals(header)).findFirst();
    }

    /** Whether a column of this name is left out, and not an error. */
    static boolean isLeftOut(String header) {
        return OURS.contains(header);
    }

    static List<String> headers() {
        return ALL.stream().map(CatalogueColumn::header).toList();
    }
}
