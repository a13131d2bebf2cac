package com.electroisla.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FilePropertyTest {
    private static final String DANGEROUS = "=+-@\t\r\n";

    /** Any text, mostly of characters with a meaning in CSV, XML, spreadsheets or COPY. */
    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "'", "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\"", ",", ";", "\\", "\\N", " ", "&", "<", "]]>",
                "_x000D_", "_x", "\u0001", "\u001f", "\u0085", "\u2028", "\uFEFF", "\uFFFE", "😀", "ñ", "a", "1",
                "=1+1");
        Arbitrary<String> mixed = pieces.list().ofMaxSize(12).map(list -> String.join("", list));
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(20).map(FilePropertyTest::storable);
        return Arbitraries.oneOf(mixed, any);
    }

    /** The text as PostgreSQL can store it: without NUL and half surrogate pairs. */
    private static String storable(String text) {
        return text.codePoints()
                .filter(point -> point != 0 && (point < 0xD800 || point > 0xDFFF))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Provide
    static Arbitrary<List<List<String>>> tables() {
        Arbitrary<List<String>> row =
                Combinators.combine(Arbitraries.of("1", "2"), texts(), texts()).as(List::of);
        // The first row is a header, which determines the separator.
        return row.list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(rows -> Stream.concat(Stream.of(List.of("id", "nombre", "descripcion")), rows.stream())
                        .toList());
    }

    @Property
    void taking_the_guard_off_gives_the_text_back(@ForAll("texts") String text) {
        assertEquals(text, FormulaGuard.take(FormulaGuard.put(text)));
    }

    @Property
    void no_guarded_text_begins_like_a_formula(@ForAll("texts") String text) {
        String guarded = FormulaGuard.put(text);
        assertFalse(!guarded.isEmpty() && DANGEROUS.indexOf(guarded.charAt(0)) >= 0, guarded);
    }

    @Property
    void different_texts_stay_different_under_the_guard(@ForAll("texts") String one, @ForAll("texts") String other) {
        assertEquals(one.equals(other), FormulaGuard.put(one).equals(FormulaGuard.put(other)));
    }

    @Property
    void what_is_written_as_csv_is_read_back(@ForAll("tables") List<List<String>> table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(new CsvWriter(bytes), table);
        readBack(".csv", bytes.toByteArray(), table);
    }

    @Property(tries = 200)
    void what_is_written_as_xlsx_is_read_back(@ForAll("tables") List<List<String>> table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(new XlsxWriter(bytes), table);
        readBack(".xlsx", bytes.toByteArray(), table);
    }

    @Example
    void a_line_is_counted_where_its_record_begins_whatever_ends_the_lines() throws IOException {
        Path file = Files.createTempFile("lineas", ".csv");
        Files.writeString(file, "a\r\n\"b\r\nb\rb\nb\"\n\n\rc\n");
        try (RowReader rows = RowReader.open(file)) {
            assertEquals(1, assertNotNullRow(rows).line());
            assertEquals(2, assertNotNullRow(rows).line());
            assertEquals(8, assertNotNullRow(rows).line());
        } finally {
            Files.delete(file);
        }
    }

    @Example
    void an_xlsx_as_a_spreadsheet_program_writes_it_gives_the_numbers_it_shows() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var workbook = new org.dhatim.fastexcel.Workbook(bytes, "prueba", "1.0")) {
            var sheet = workbook.newWorksheet("hoja");
            sheet.value(0, 0, "compartido");
            sheet.value(0, 1, 99.99);
            sheet.value(0, 2, 0.1 + 0.2);
            sheet.value(0, 3, 1200);
            sheet.value(0, 4, true);
        }
        readBack(".xlsx", bytes.toByteArray(), List.of(List.of("compartido", "99.99", "0.3", "1200", "true")));
    }

    private static void write(RowWriter writer, List<List<String>> table) throws IOException {
        try (writer) {
            for (List<String> row : table) {
                writer.write(row);
            }
        }
    }

    private static void readBack(String extension, byte[] bytes, List<List<String>> table) throws IOException {
        Path file = Files.createTempFile("tabla", extension);
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(bytes);
            }
            try (RowReader rows = RowReader.open(file)) {
                for (List<String> row : table) {
                    assertEquals(
                            withoutEmptyEnd(row),
                            withoutEmptyEnd(assertNotNullRow(rows).cells()));
                }
                assertNull(rows.next());
            }
        } finally {
            Files.delete(file);
        }
    }

    private static RowReader.Row assertNotNullRow(RowReader rows) throws IOException {
        RowReader.Row row = rows.next();
        assertNotNull(row);
        return row;
    }

    private static List<String> withoutEmptyEnd(List<String> cells) {
        int filled = cells.size();
        while (filled > 0 && cells.get(filled - 1).isEmpty()) {
            filled--;
        }
        return cells.subList(0, filled);
    }
}
