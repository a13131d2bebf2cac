package com.electroisla.transfer;

import com.electroisla.catalog.ProductRules;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a file in order, one in memory at a time. */
interface RowReader extends Closeable {
    byte[] ZIP = {'P', 'K', 3, 4};

    /**
     * @param line where the row begins in the file, the first line being 1
     * @param unknown why the value of a cell is not known, by its place; its text is empty
     */
    record Row(long line, List<String> cells, Map<Integer, String> unknown) {
        Row(long line, List<String> cells) {
            this(line, cells, Map.of());
        }

        /** Whether all cells are empty. */
        boolean isBlank() {
            return unknown.isEmpty()
                    && cells.stream().allMatch(cell -> ProductRules.clean(cell).isEmpty());
        }
    }

    /**
     * The next row that is not blank; null at the end.
     *
     * @throws UnreadableFile when the file is damaged here
     */
    @Nullable
    Row next() throws IOException;

    /** How much of the file is read, in thousandths; -1 when that is not known. */
    int thousandths();

    /** Opens a workbook, known by the extension {@code .xlsx} or by its first bytes, otherwise CSV. */
    static RowReader open(Path file) throws IOException {
        return isXlsx(file) || isZip(file) ? XlsxReader.open(file) : CsvReader.open(file);
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }

    static boolean isXlsx(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx");
    }
}
