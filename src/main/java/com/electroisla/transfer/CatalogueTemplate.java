package com.electroisla.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A catalogue file without products, to be filled in: the columns of a new product. */
public final class CatalogueTemplate {
    private CatalogueTemplate() {}

    /** The header line of a file for new products. */
    public static String header() {
        return String.join(",", CatalogueRow.headers(false));
    }

    public static byte[] csv() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // The byte order mark tells a spreadsheet that the file is UTF-8.
        bytes.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        return written(new CsvWriter(bytes), bytes);
    }

    public static byte[] xlsx() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return written(new XlsxWriter(bytes), bytes);
    }

    private static byte[] written(RowWriter writer, ByteArrayOutputStream bytes) {
        try (writer) {
            writer.write(CatalogueRow.headers(false));
        } catch (IOException cannotBeInMemory) {
            throw new UncheckedIOException(cannotBeInMemory);
        }
        return bytes.toByteArray();
    }
}
