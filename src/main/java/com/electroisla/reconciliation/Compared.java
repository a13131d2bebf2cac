package com.electroisla.reconciliation;

/** The parts of the reconciliation, each with a turn of its own. */
enum Compared {
    /** Counters against reservations and movements. */
    PRODUCTS("productos", "productos", "stock_reservations", "producto_id"),
    /** Orders against sales. */
    ORDERS("pedidos", "pedidos", "pedidos", "id"),
    /** Money against orders. */
    PAYMENTS("pagos", "pagos", "cobros", "pago_id");

    private final String word;
    private final String table;
    private final String tells;
    private final String column;

    /**
     * @param table whose ids the turn goes through
     * @param tells the table whose newest rows tell what is new
     * @param column of that table with the id of what is new
     */
    Compared(String word, String table, String tells, String column) {
        this.word = word;
        this.table = table;
        this.tells = tells;
        this.column = column;
    }

    String word() {
        return word;
    }

    String table() {
        return table;
    }

    String tells() {
        return tells;
    }

    String column() {
        return column;
    }
}
