package com.electroisla.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * One sheet, every cell a text: a spreadsheet must not turn 7.50 into 7.5. The texts stand in their cells (the usual
 * shared table would hold all of them in memory), and rows are written in batches.
 */
final class XlsxWriter implements RowWriter {
    private static final int ROWS_IN_MEMORY = 1_000;
    private static final int LONGEST_CELL = 32_767;

    private final Workbook workbook;
    private final Worksheet sheet;
    private int row;

    XlsxWriter(OutputStream out) {
        this.workbook = new Workbook(out, "Electro Isla", "1.0");
        this.sheet = workbook.newWorksheet("productos");
    }

    static boolean fits(String text) {
        return XlsxText.encoded(text).length() <= LONGEST_CELL;
    }

    /** @throws TooLargeForXlsx when the format has no room for the row */
    @Override
    public void write(List<String> cells) throws IOException {
        if (row == Worksheet.MAX_ROWS) {
            throw new TooLargeForXlsx(
                    "Una hoja XLSX tiene sitio para " + (Worksheet.MAX_ROWS - 1) + " productos y hay más; usa CSV.");
        }
        for (int column = 0; column < cells.size(); column++) {
            String text = XlsxText.encoded(cells.get(column));
            if (text.length() > LONGEST_CELL) {
                throw new TooLargeForXlsx("Una celda XLSX tiene sitio para " + LONGEST_CELL
                        + " caracteres y el producto " + cells.getFirst() + " tiene un texto más largo; usa CSV.");
            }
            if (!text.isEmpty()) {
                sheet.inlineString(row, column, text);
            }
        }
        if (++row % ROWS_IN_MEMORY == 0) {
            sheet.flush();
        }
    }

    @Override
    public void close() throws IOException {
        workbook.finish();
    }
}
