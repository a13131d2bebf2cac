package com.electroisla.transfer;

/**
 * A fault in one cell of a file, or in a whole line.
 *
 * @param line where the record begins, the header being line 1; 0 for the file as a whole
 * @param column as in the header; empty for the whole line
 * @param reason in Spanish, without a full stop
 */
public record LineProblem(long line, String column, String reason) {
    static LineProblem of(long line, CatalogueColumn column, String reason) {
        return new LineProblem(line, column.header(), reason);
    }

    static LineProblem ofLine(long line, String reason) {
        return new LineProblem(line, "", reason);
    }

    /** {@code Línea 3, precio: «caro» no es un número}. */
    @Override
    public String toString() {
        String where = line == 0 ? "" : "Línea " + line + (column.isEmpty() ? "" : ", " + column) + ": ";
        return where + reason;
    }
}
