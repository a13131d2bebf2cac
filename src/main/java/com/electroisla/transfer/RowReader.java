package com.electroisla.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of a file from first to last, one in memory at a time. */
interface RowReader extends Closeable {
    /** @param line where it begins in the file, the first line being 1 */
    record Row(long line, List<String> cells) {}

    /**
     * The next row that is not blank; null at the end.
     *
     * @throws UnreadableFile when the file is broken here
     */
    @Nullable
    Row next() throws IOException;

    /** How much of the file is read, in thousandths; -1 when that cannot be told. */
    int thousandths();

    /** By the extension: {@code .xlsx}, otherwise CSV. */
    static RowReader open(Path file) throws IOException {
        return isXlsx(file) ? XlsxReader.open(file) : CsvReader.open(file);
    }

    static boolean isXlsx(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx");
    }
}
