package com.electroisla.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * The first sheet of a workbook. Texts that a spreadsheet program put into its shared table are held in memory, all of
 * them: that is how the format works. What this program writes has no such table.
 */
final class XlsxReader implements RowReader {
    /** What a spreadsheet itself takes for the number: it stores 99.99 as 99.989999999999995. */
    private static final MathContext AS_SHOWN = new MathContext(15, RoundingMode.HALF_UP);

    private final ReadableWorkbook workbook;
    private final Stream<org.dhatim.fastexcel.reader.Row> stream;
    private final Iterator<org.dhatim.fastexcel.reader.Row> rows;
    private long lastLine;

    private XlsxReader(ReadableWorkbook workbook) throws IOException {
        this.workbook = workbook;
        this.stream = workbook.getFirstSheet().openStream();
        this.rows = stream.iterator();
    }

    static XlsxReader open(Path file) throws IOException {
        try {
            return new XlsxReader(new ReadableWorkbook(file.toFile()));
        } catch (ExcelReaderException notOne) {
            throw notAWorkbook();
        } catch (IOException failure) {
            if (failure instanceof ZipException || failure.getCause() instanceof ZipException) {
                throw notAWorkbook();
            }
            throw failure;
        }
    }

    private static UnreadableFile notAWorkbook() {
        return new UnreadableFile(0, "no es un libro XLSX");
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            while (rows.hasNext()) {
                org.dhatim.fastexcel.reader.Row row = rows.next();
                lastLine = row.getRowNum();
                List<String> cells = texts(row);
                if (!cells.isEmpty()) {
                    return new Row(lastLine, cells);
                }
            }
            return null;
        } catch (ExcelReaderException broken) {
            throw new UnreadableFile(lastLine + 1, "el libro XLSX está dañado desde aquí");
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** Without the empty ones at the end. */
    private List<String> texts(org.dhatim.fastexcel.reader.Row row) {
        List<String> texts = new ArrayList<>();
        int filled = 0;
        for (int i = 0; i < row.getCellCount(); i++) {
            Cell cell = row.getCell(i);
            texts.add(cell == null ? "" : text(cell));
            filled = texts.getLast().isEmpty() ? filled : i + 1;
        }
        return texts.subList(0, filled);
    }

    private String text(Cell cell) {
        return switch (cell.getType()) {
            case NUMBER -> shown(cell.asNumber());
            case BOOLEAN -> cell.asBoolean().toString();
            case STRING -> XlsxText.decoded(cell.asString());
            case FORMULA -> cell.getValue() instanceof BigDecimal number ? shown(number) : cell.getText();
            case ERROR -> throw new UnreadableFile(lastLine, "la celda " + cell.getAddress() + " tiene un error (" + cell.getRawValue() + ")");
            case EMPTY -> "";
        };
    }

    private static String shown(BigDecimal number) {
        return number.round(AS_SHOWN).stripTrailingZeros().toPlainString();
    }

    @Override
    public int thousandths() {
        return -1;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
