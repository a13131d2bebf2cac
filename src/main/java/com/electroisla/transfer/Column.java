package com.electroisla.transfer;

import java.util.List;
import java.util.Optional;
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

    private final String header;

    Column(String header) {
        this.header = header;
    }

    /** Its word in the header row, which is the database's name for it too. */
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

    static List<String> headers() {
        return Stream.of(values()).map(Column::header).toList();
    }
}
