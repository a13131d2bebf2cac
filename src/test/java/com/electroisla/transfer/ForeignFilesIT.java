package com.electroisla.transfer;

import static com.electroisla.transfer.RawWorkbook.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.catalog.Money;
import com.electroisla.catalog.TypedPrice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other programs write them, and malicious files. */
class ForeignFilesIT {
    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_cell_whose_value_is_not_known_is_refused_by_line_and_column_and_is_never_empty() throws IOException {
        RawWorkbook book = new RawWorkbook()
                .sheet(
                        text("A1", "nombre")
                                + text("B1", "precio")
                                + text("C1", "descripcion")
                                + text("D1", "descuento"),
                        "<row r=\"2\">" + text("A2", "Radio") + "<c r=\"B2\"><f>2*3</f><v></v></c>"
                                + "<c r=\"C2\"><f>A2</f></c></row>"
                                + "<row r=\"3\"><c r=\"A3\" t=\"e\"><f>NA()</f><v>#N/A</v></c><c "
                                + "r=\"B3\"><v>5</v></c></row>"
                                + "<row r=\"4\"><c r=\"A4\" t=\"str\"><f>X</f><v>#N/A</v></c><c r=\"B4\" "
                                + "s=\"1\"><v>45000</v></c></row>"
                                + "<row r=\"5\">" + text("A5", "Pila")
                                + "<c r=\"B5\" s=\"2\"><v>45000.5</v></c><c r=\"D5\" "
                                + "t=\"d\"><v>2026-01-05</v></c></row>"
                                + "<row r=\"7\">" + text("A7", "Farol")
                                + "<c r=\"B7\" s=\"3\"><f>1+1</f><v>2.5</v></c><c "
                                + "r=\"C7\" t=\"str\"><f>\"\"</f><v></v></c></row>");
        String unreckoned = "la celda tiene una fórmula sin resultado guardado; abre el archivo en una hoja de "
                + "cálculo y guárdalo, o pega los valores";
        String date = "la celda es una fecha, y aquí no hay ninguna; escríbelo como texto";
        assertEquals(
                List.of(
                        "Línea 2, precio: " + unreckoned,
                        "Línea 2, descripcion: " + unreckoned,
                        "Línea 3, nombre: la celda tiene un error de la hoja de cálculo (#N/A)",
                        "Línea 4, precio: " + date,
                        "Línea 4, nombre: «#N/A» es un error de la hoja de cálculo",
                        "Línea 5, precio: " + date,
                        "Línea 5, descuento: " + date),
                refused(book.write(folder.resolve("c.xlsx"))));
        LoadOutcome partial = run(folder.resolve("c.xlsx"), new LoadOptions(true, SameName.REFUSE));
        assertEquals(1, assertInstanceOf(LoadOutcome.Loaded.class, partial).created());
        assertEquals(
                "Farol|2.50|", fixture.text("SELECT nombre || '|' || precio || '|' || descripcion FROM productos"));
    }

    @Test
    void a_workbook_that_would_fill_the_memory_or_never_end_is_refused_in_a_sentence() throws IOException {
        String open = "<worksheet xmlns=\"m\"><sheetData><row r=\"1\">" + text("A1", "nombre") + text("B1", "precio")
                + "</row>";
        String close = "</sheetData></worksheet>";
        String sheet = "xl/worksheets/sheet1.xml";
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            names.append("<x").append(i).append("/>");
        }
        Map<String, RawWorkbook> bombs = new TreeMap<>();
        bombs.put("many rows", new RawWorkbook().part(sheet, open, "<row></row>", 3_000_000, close));
        bombs.put(
                "a row far away",
                new RawWorkbook().rows("<row r=\"1999999999\">" + text("A1999999999", "x") + "</row>"));
        bombs.put("a column far away", new RawWorkbook().rows("<row r=\"2\">" + text("ZZZZZZ2", "x") + "</row>"));
        bombs.put(
                "one long text",
                new RawWorkbook()
                        .part(
                                sheet,
                                open + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>",
                                "x",
                                20_000_000,
                                "</t></is></c></row>" + close));
        bombs.put(
                "one text in many pieces",
                new RawWorkbook()
                        .part(
                                sheet,
                                open + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is>",
                                "<r><t>xxxxxxxxxxxx</t></r>",
                                2_000_000,
                                "</is></c></row>" + close));
        bombs.put(
                "shared texts",
                new RawWorkbook()
                        .rows("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>19999999</v></c></row>")
                        .part(
                                "xl/sharedStrings.xml",
                                "<sst xmlns=\"m\">",
                                "<si><t>xxxx</t></si>",
                                20_000_000,
                                "</sst>"));
        bombs.put("deep", new RawWorkbook().part(sheet, open, "<a>", 3_000_000, close));
        bombs.put(
                "an attribute without an end",
                new RawWorkbook().part(sheet, open + "<row a=\"", "x", 20_000_000, "\"/>" + close));
        bombs.put("a comment", new RawWorkbook().part(sheet, open + "<!--", "<x> ", 3_000_000, "-->" + close));
        bombs.put("an instruction", new RawWorkbook().part(sheet, open + "<?x ", "<x> ", 3_000_000, "?>" + close));
        bombs.put("names", new RawWorkbook().rows(names.toString()));
        bombs.put(
                "an entity",
                new RawWorkbook()
                        .part(
                                sheet,
                                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
                                        + "\"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + open + "<row r=\"2\"><c r=\"A2\" "
                                        + "t=\"inlineStr\"><is><t>&b;</t></is></c></row>" + close));
        bombs.put(
                "a file of the machine",
                new RawWorkbook()
                        .part(
                                sheet,
                                "<!DOCTYPE x [<!ENTITY a SYSTEM "
                                        + "\"file:///etc/passwd\">]>" + open + "<row r=\"2\"><c r=\"A2\" "
                                        + "t=\"inlineStr\"><is><t>&a;</t></is></c></row>" + close));
        for (Map.Entry<String, RawWorkbook> bomb : bombs.entrySet()) {
            List<String> told = refused(bomb.getValue().write(folder.resolve("b.xlsx")));
            assertEquals(1, told.size(), bomb.getKey());
            assertTrue(told.getFirst().contains("libro XLSX"), () -> bomb.getKey() + told);
        }
        assertEquals(0, fixture.number("SELECT count(*) FROM productos"));
    }

    @Test
    void what_a_spanish_spreadsheet_saves_as_csv_is_read() throws IOException {
        String lines = "nombre;precio;descuento;descripcion;;\r\nCañón;1249,50;5;\"a; "
                + "b\";;\r\n;;;;;\r\n\r\nPila;3;;;;\r\n";
        Map<String, byte[]> files = Map.of(
                "UTF-8", lines.getBytes(StandardCharsets.UTF_8),
                "with a mark", ("\uFEFF" + lines).getBytes(StandardCharsets.UTF_8),
                "sep", ("sep=;\r\n" + lines).getBytes(StandardCharsets.UTF_8),
                "commas",
                        ("nombre,precio,descuento,descripcion,,\nCañón,\"1249,"
                                        + "50\",5,a; b,,\n,,,,,\n\u00A0,,,,,\nPila,3,,,,\n")
                                .getBytes(StandardCharsets.UTF_8),
                "UTF-16 with tabs",
                        ("\uFEFF"
                                        + lines.replace("a; b", "x")
                                                .replace(";", "\t")
                                                .replace("x", "a; b"))
                                .getBytes(StandardCharsets.UTF_16LE));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            fixture.sql("DELETE FROM productos");
            LoadOutcome outcome =
                    run(Files.write(folder.resolve("c.csv"), file.getValue()), LoadOptions.strict(SameName.REFUSE));
            assertEquals(
                    2,
                    assertInstanceOf(LoadOutcome.Loaded.class, outcome, () -> file.getKey() + outcome)
                            .created(),
                    file.getKey());
            assertEquals(
                    List.of("Cañón|1249.50|5|a; b", "Pila|3.00|0|"),
                    fixture.texts("SELECT nombre || '|' || precio || '|' || descuento || '|' || "
                            + "descripcion FROM productos ORDER BY id"),
                    file.getKey());
        }
    }

    @Test
    void a_twin_is_asked_about_and_made_or_changed_when_that_is_said() throws IOException {
        long camera = fixture.product("Cámara  Solar", "10.00", 3);
        fixture.product("Doble", "1.00", 0);
        fixture.product("Doble", "1.00", 0);
        Path file = csv("nombre,precio\n CAMARA solar ,12\nNueva,1\n");
        assertEquals(
                List.of("Línea 2, nombre: ya hay un producto que se llama así, el " + camera
                        + "; pon su id, o di que se cambie o que se cree otro"),
                refused(file));
        assertEquals(3, fixture.number("SELECT count(*) FROM productos"));
        LoadOutcome.Loaded changed =
                assertInstanceOf(LoadOutcome.Loaded.class, run(file, LoadOptions.strict(SameName.UPDATE)));
        assertEquals("1/1", changed.created() + "/" + changed.updated());
        assertEquals("12.00", fixture.text("SELECT precio FROM productos WHERE id = ?", camera));
        LoadOutcome.Loaded again =
                assertInstanceOf(LoadOutcome.Loaded.class, run(file, LoadOptions.strict(SameName.UPDATE)));
        assertEquals(
                "0/0/2",
                again.created() + "/" + again.updated() + "/" + again.unchanged(),
                "loading it again does nothing");
        assertEquals(
                2,
                assertInstanceOf(LoadOutcome.Loaded.class, run(file, LoadOptions.strict(SameName.CREATE)))
                        .created());
        assertTrue(assertInstanceOf(
                        LoadOutcome.Refused.class,
                        run(csv("nombre,precio\nDoble,2\n"), LoadOptions.strict(SameName.UPDATE)))
                .problems()
                .getFirst()
                .toString()
                .startsWith("Línea 2, nombre: ya hay 2 productos que se llaman así"));
        assertEquals(
                List.of("Línea 3, nombre: se llama igual que la línea 2"),
                refused(csv("id,nombre,precio\n" + camera + ",Otra,\n,otra,4\n")));
        assertEquals(
                1,
                assertInstanceOf(
                                LoadOutcome.Loaded.class,
                                run(
                                        csv("id,nombre,precio\n" + camera + ",Cámara vieja,\n,Algo que no había,4\n"),
                                        LoadOptions.strict(SameName.REFUSE)))
                        .created());
    }

    @Test
    void what_an_old_product_has_against_the_rules_may_stay_but_not_come_anew() throws IOException {
        long old = fixture.product("  Radio\nvieja ", "5.00", 3);
        long other = fixture.product("Otra", "5.00", 3);
        fixture.sql("UPDATE productos SET precio = 'NaN', descuento = 150 WHERE id = ?", old);
        var out = new java.io.ByteArrayOutputStream();
        new DumpCatalogue(fixture.shop.database()).toStream(out, true, (rows, part) -> {});
        String dump = out.toString(StandardCharsets.UTF_8);
        LoadOutcome.Loaded same = assertInstanceOf(
                LoadOutcome.Loaded.class,
                run(csv(dump.replace("otros,3,true", "otros,4,true")), LoadOptions.strict(SameName.REFUSE)));
        assertEquals("0/2/0", same.created() + "/" + same.updated() + "/" + same.unchanged(), dump);
        assertEquals(
                "  Radio\nvieja |NaN|150|4",
                fixture.text(
                        "SELECT nombre || '|' || precio || '|' || "
                                + "descuento || '|' || stock_total FROM "
                                + "productos WHERE id = ?",
                        old));
        assertEquals(
                List.of(
                        "Línea 2, nombre: contiene un carácter de control o un salto de línea",
                        "Línea 2, precio: «-5.00» no es un importe, como 99.99",
                        "Línea 2, descuento: «150» no va de 0 a 100"),
                refused(csv("id,nombre,precio,descuento\n" + other + ",\"  Radio\nvieja \",-5.00,150\n")));
    }

    /** The prices that the form takes and refuses: there the same texts go through {@code TypedPrice} alone. */
    @Test
    void a_price_means_the_same_in_a_csv_file_in_a_workbook_and_in_the_form() throws IOException {
        List<String> typed = List.of(
                "1249",
                "1.249,00",
                "1,249.00",
                "$ 1.249,50",
                "1 249,5",
                "1.249",
                "12,490",
                "0.125",
                "-3",
                "\u22123",
                "caro",
                "100000000",
                "1.2.3",
                "0,99",
                "\u00A07,50\u00A0");
        StringBuilder csv = new StringBuilder("nombre;precio\n");
        StringBuilder rows = new StringBuilder();
        List<String> form = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            csv.append("P").append(i).append(";\"").append(typed.get(i)).append("\"\n");
            rows.append("<row r=\"")
                    .append(i + 2)
                    .append("\">")
                    .append(text("A" + (i + 2), "P" + i))
                    .append(text("B" + (i + 2), typed.get(i)))
                    .append("</row>");
            if (TypedPrice.of(typed.get(i)) instanceof TypedPrice.Amount(Money money)) {
                form.add("P" + i + " " + money);
            }
        }
        for (Path file : List.of(
                csv(csv.toString()), new RawWorkbook().rows(rows.toString()).write(folder.resolve("c.xlsx")))) {
            fixture.sql("DELETE FROM productos");
            LoadOutcome outcome = run(file, new LoadOptions(true, SameName.REFUSE));
            assertEquals(typed.size() - form.size(), outcome.problemCount(), () -> file + " " + outcome);
            assertEquals(
                    form, fixture.texts("SELECT nombre || ' ' || precio FROM productos ORDER BY id"), file.toString());
        }
        assertEquals(7, form.size(), form::toString);
    }

    @Test
    void prices_that_move_by_more_than_half_are_counted_and_the_first_of_the_preview() throws IOException {
        long radio = fixture.product("Radio", "100.00", 1);
        long pila = fixture.product("Pila", "10.00", 1);
        long farol = fixture.product("Farol", "10.00", 1);
        long odd = fixture.product("Rara", "1.00", 1);
        fixture.sql("UPDATE productos SET precio = 'NaN' WHERE id = ?", odd);
        Path file = csv("id,nombre,precio\n" + radio + ",Radio AM,150\n" + pila + ",,1249\n" + farol
                + ",Farol rojo,4.99\n" + odd + ",,5\n,Nueva,9\n");
        LoadPreview preview = new LoadCatalogue(fixture.shop.database(), fixture.clock)
                .preview(file, LoadOptions.strict(SameName.REFUSE), 2);
        assertEquals(
                List.of(
                        "Línea 3, precio: salto de precio del producto " + pila + ", de 10.00 a 1249.00",
                        "Línea 4, precio: salto de precio del producto " + farol + ", de 10.00 a 4.99"),
                assertInstanceOf(LoadOutcome.Loaded.class, preview.outcome()).leaps().first().stream()
                        .map(PriceLeaps.Leap::toString)
                        .toList());
        assertEquals(
                List.of(pila + " precio true", farol + " nombre false", farol + " precio true"),
                preview.changes().stream()
                        .map(change -> change.id() + " " + change.field() + " " + change.leap())
                        .toList());
        assertEquals(
                2,
                assertInstanceOf(LoadOutcome.Loaded.class, run(file, LoadOptions.strict(SameName.REFUSE)))
                        .leaps()
                        .count());
    }

    @Test
    void columns_that_the_shop_keeps_by_itself_are_left_out_and_named() throws IOException {
        Path file = csv("nombre,precio,stock,precio_final\nA,1,7,9\n");
        LoadPreview preview = new LoadCatalogue(fixture.shop.database(), fixture.clock)
                .preview(file, LoadOptions.strict(SameName.REFUSE), 10);
        assertEquals(List.of("stock", "precio_final"), preview.leftOut());
        assertEquals(List.of(new LoadPreview.New(2, "A", "1.00", 0, "otros", 0, true)), preview.created());
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("c.csv"), text);
    }

    private LoadOutcome run(Path file, LoadOptions options) throws IOException {
        return new LoadCatalogue(fixture.shop.database(), fixture.clock)
                .run(file, options, (rows, part) -> {}, Alongside.NOTHING);
    }

    private List<String> refused(Path file) throws IOException {
        LoadOutcome outcome = run(file, LoadOptions.strict(SameName.REFUSE));
        return assertInstanceOf(LoadOutcome.Refused.class, outcome, outcome::toString).problems().stream()
                .map(LineProblem::toString)
                .toList();
    }
}
