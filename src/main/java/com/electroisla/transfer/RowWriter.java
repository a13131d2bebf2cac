package com.electroisla.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes rows of text, the header first. Closing finishes the file but leaves the stream under it open. */
public interface RowWriter extends Closeable {
    /** The most rows that a sheet takes besides the header. */
    int MOST_XLSX_ROWS = 1_048_575;

    void write(List<String> cells) throws IOException;

    /** CSV in UTF-8. */
    static RowWriter csv(OutputStream out) {
        return new CsvWriter(out);
    }

    /** One sheet of a workbook. */
    static RowWriter xlsx(OutputStream out) {
        return new XlsxWriter(out);
    }

    /** Whether a cell of a sheet has room for the text after {@link #guarded}. */
    static boolean fitsXlsx(String text) {
        return XlsxWriter.fits(FormulaGuard.put(text));
    }

    /** A user's text, changed so that no spreadsheet takes it for a formula. */
    static String guarded(String text) {
        return FormulaGuard.put(text);
    }
}
