package com.electroisla.transfer;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The first sheet of a workbook, row by row, each cell as the text that it shows. A cell whose value is not known (a
 * formula without a stored result, an error, a date, which is stored as a number of days) is reported beside the row:
 * unknown is not empty.
 */
final class XlsxReader implements RowReader {
    /** The precision that spreadsheets show: they store 99.99 as 99.989999999999995. */
    private static final MathContext AS_SHOWN = new MathContext(15, RoundingMode.HALF_UP);

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,320}(\\.[0-9]{1,320})?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern ADDRESS = Pattern.compile("([A-Z]{1,3})[0-9]{1,7}");
    private static final String NOT_RECKONED =
            "la celda tiene una fórmula sin resultado guardado; abre el archivo en una hoja de cálculo y "
                    + "guárdalo, o pega los valores";
    private static final String A_DATE = "la celda es una fecha, y aquí no hay ninguna; escríbelo como texto";
    private static final int MOST_ROWS = 1_048_576;
    private static final int MOST_COLUMNS = 16_384;

    private final XlsxBook book;
    private final XlsxPart xml;
    private int lastLine;

    private XlsxReader(XlsxBook book) throws IOException, XMLStreamException {
        this.book = book;
        this.xml = book.sheet();
    }

    static XlsxReader open(Path file) throws IOException {
        XlsxBook book = XlsxBook.open(file);
        try {
            return new XlsxReader(book);
        } catch (XMLStreamException | ZipException damaged) {
            book.close();
            throw damaged(0);
        }
    }

    private static UnreadableFile damaged(long line) {
        return new UnreadableFile(line, "el libro XLSX está dañado desde aquí");
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            while (xml.toNextElement()) {
                if (xml.name().equals("row")) {
                    Row row = row();
                    if (!row.cells().isEmpty()) {
                        return row;
                    }
                }
            }
            return null;
        } catch (UnreadableFile refused) {
            throw refused.problem().line() > 0
                    ? refused
                    : new UnreadableFile(lastLine + 1L, refused.problem().reason());
        } catch (XMLStreamException broken) {
            throw damaged(lastLine + 1L);
        } catch (RuntimeException parserLost) {
            // The JDK's parser throws various unchecked exceptions for broken documents.
            throw damaged(lastLine + 1L);
        }
    }

    /** The row that has just begun, without trailing empty cells. */
    private Row row() throws XMLStreamException {
        String written = xml.attribute("r");
        int line = written == null ? lastLine + 1 : XlsxBook.number(written);
        if (line <= lastLine || line > MOST_ROWS) {
            throw damaged(lastLine + 1L);
        }
        lastLine = line;
        List<String> texts = new ArrayList<>();
        Map<Integer, String> unknown = new HashMap<>();
        int next = 0;
        while (xml.toNextElementIn("row")) {
            if (xml.name().equals("c")) {
                int column = column(next);
                next = column + 1;
                Cell cell = cell();
                if (!cell.text().isEmpty() || !cell.problem().isEmpty()) {
                    texts.addAll(Collections.nCopies(column - texts.size(), ""));
                    texts.add(cell.text());
                }
                if (!cell.problem().isEmpty()) {
                    unknown.put(column, cell.problem());
                }
            }
        }
        return new Row(lastLine, texts, unknown);
    }

    /** The column's index from 0; cells stand in the order of their columns. */
    private int column(int next) {
        String address = xml.attribute("r");
        if (address == null) {
            return next;
        }
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw damaged(lastLine);
        }
        int column = 0;
        for (char letter : matcher.group(1).toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        if (column <= next || column > MOST_COLUMNS) {
            throw damaged(lastLine);
        }
        return column - 1;
    }

    /** @param problem why its value is not known; empty when it is known */
    private record Cell(String text, String problem) {
        static Cell of(String text) {
            return new Cell(text, "");
        }

        static Cell unknown(String problem) {
            return new Cell("", problem);
        }
    }

    private Cell cell() throws XMLStreamException {
        String type = String.valueOf(xml.attribute("t"));
        int style = XlsxBook.number(xml.attribute("s"));
        @Nullable String value = null;
        String inline = "";
        boolean formula = false;
        while (xml.toNextElementIn("c")) {
            switch (xml.name()) {
                case "f" -> formula = true;
                case "v" -> value = xml.text();
                case "is" -> inline = xml.text();
                default -> {}
            }
        }
        if (formula && (value == null || value.isEmpty() && !type.equals("str"))) {
            return Cell.unknown(NOT_RECKONED);
        }
        return switch (type) {
            case "inlineStr" -> Cell.of(XlsxText.decoded(inline));
            case "s" -> Cell.of(XlsxText.decoded(shared(value)));
            case "str" -> Cell.of(value == null ? "" : XlsxText.decoded(value));
            case "b" -> Cell.of(value == null ? "" : Boolean.toString(value.equals("1") || value.equals("true")));
            case "e" -> Cell.unknown("la celda tiene un error de la hoja de cálculo (" + value + ")");
            case "d" -> Cell.unknown(A_DATE);
            default -> number(value == null ? "" : value.strip(), style);
        };
    }

    private Cell number(String value, int style) {
        if (value.isEmpty()) {
            return Cell.of("");
        }
        if (book.isDate(style)) {
            return Cell.unknown(A_DATE);
        }
        if (!NUMBER.matcher(value).matches()) {
            throw damaged(lastLine);
        }
        return Cell.of(
                new BigDecimal(value).round(AS_SHOWN).stripTrailingZeros().toPlainString());
    }

    private String shared(@Nullable String index) {
        String text = book.shared(XlsxBook.number(index));
        if (text == null) {
            throw damaged(lastLine);
        }
        return text;
    }

    @Override
    public int thousandths() {
        return -1;
    }

    @Override
    public void close() throws IOException {
        try (book) {
            xml.close();
        }
    }
}
