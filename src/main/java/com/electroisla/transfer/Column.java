package com.electroisla.transfer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The columns of a catalogue file, in the order in which they are written. */
enum Column {
    ID("id"),
    NAME("nombre"),
    DESCRIPTION("descripcion"),
    PRICE("precio"),
    DISCOUNT("descuento"),
    CATEGORY("categoria"),
    STOCK_TOTAL("stock_total"),
    ACTIVE("activo"),
    IMAGE("imagen_url");

    /**
     * Columns that the shop computes or maintains itself; a file may have them, and the report says that they are left
     * out.
     */
    private static final Set<String> OURS = Set.of("stock", "stock_reservado", "stock_vendido", "stock_disponible", "en_estante", "precio_final",
            "created_at", "updated_at", "creado_por_id", "imagen", "en_carrusel", "en_carousel_card", "en_all_products");

    private final String header;

    Column(String header) {
        this.header = header;
    }

    /** The column's name in the header row and in the database. */
    String header() {
        return header;
    }

    /** Free text, which a spreadsheet might take for a formula. */
    boolean isText() {
        return this == NAME || this == DESCRIPTION || this == CATEGORY || this == IMAGE;
    }

    static Optional<Column> of(String header) {
        return Stream.of(values()).filter(column -> column.header.equals(header)).findFirst();
    }

    /** Whether a column of this name is left out, and not an error. */
    static boolean isLeftOut(String header) {
        return OURS.contains(header);
    }

    static List<String> headers() {
        return Stream.of(values()).map(Column::header).toList();
    }
}
