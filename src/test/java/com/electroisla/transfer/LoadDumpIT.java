package com.electroisla.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadDumpIT {
    private static final String HEADER =
            "nombre,descripcion,precio,descuento,categoria,stock_total,activo,imagen_url\n";

    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void new_products_come_with_their_units_and_the_movement_that_explains_them() throws IOException {
        fixture.clock.stopAt(Instant.parse("2026-11-24T10:00:00Z"));

        LoadOutcome outcome = load(HEADER
                + "Radio,\"Con «AM», y FM\n2 bandas\",19.9,5,hogar_entretenimiento,7,si,https://example.com/r.jpg\n"
                + "Pila,,1,,,,,\n");

        assertEquals("2/0/0", counts(outcome));
        assertEquals(
                List.of(
                        "Radio|Con «AM», y FM\n2 "
                                + "bandas|19.90|5|hogar_entretenimiento|7/0/0|7|t|https://example.com/r.jpg",
                        "Pila||1.00|0|otros|0/0/0|0|t|-"),
                fixture.texts("""
                        SELECT concat_ws('|', nombre, descripcion, precio, descuento, categoria,
                               stock_total || '/' || stock_reservado || '/' || stock_vendido, stock, activo,
                               coalesce(imagen_url, '-')) FROM productos ORDER BY id
                        """));
        assertEquals(List.of("entrada 7 loaddata 2026-11-24 10:00:00"), movements());
        assertEquals(List.of(), fixture.differences());
    }

    @Test
    void an_id_changes_that_product_and_empty_or_absent_cells_leave_what_is_there() throws IOException {
        long radio = fixture.product("Radio", "10.00", 15, 5);
        fixture.sql("UPDATE productos SET imagen_url = '/r.jpg' WHERE id = ?", radio);

        LoadOutcome outcome = load("precio,id,stock_total,imagen_url\n12.50," + radio + ",,\n");

        assertEquals("0/1/0", counts(outcome));
        assertEquals("Radio|Descripción|12.50|15|-", fixture.text("""
                SELECT concat_ws('|', nombre, descripcion, precio, descuento, coalesce(imagen_url, '-')) FROM productos
                WHERE id = ?
                """, radio));
        assertEquals("5/0/0", fixture.figures(radio));
        assertEquals(List.of(), movements());
    }

    @Test
    void a_changed_total_is_a_movement_and_what_is_promised_stays_promised() throws IOException {
        long radio = fixture.productWithStock(5);
        fixture.checkout(fixture.buyerWith(radio, 3));

        assertEquals("0/1/0", counts(load("id,stock_total\n" + radio + ",3\n")));
        assertEquals("3/3/0", fixture.figures(radio));
        assertEquals("0/1/0", counts(load("id,stock_total\n" + radio + ",9\n")));
        assertEquals("9/3/0", fixture.figures(radio));
        assertEquals(6, fixture.number("SELECT stock FROM productos WHERE id = ?", radio));

        assertEquals(
                List.of("Línea 2, stock_total: 2 es menos que lo reservado (3) y vendido (0)"),
                refused("id,stock_total\n" + radio + ",2\n"));
        assertEquals(
                List.of(-2L, 6L),
                fixture.texts("SELECT delta_total FROM movimientos_stock ORDER BY id").stream()
                        .map(Long::valueOf)
                        .toList());
        assertEquals(List.of(), fixture.differences());
    }

    @Test
    void a_total_initialises_a_product_and_a_dump_of_it_leaves_it_as_it_is() throws IOException {
        long old = fixture.productWithStock(0);
        long other = fixture.productWithStock(0);
        fixture.sql("UPDATE productos SET stock = 8");

        String dumped = dump(true);
        assertEquals("0/0/2", counts(load(dumped)), dumped);
        assertEquals("0/0/0", fixture.figures(old));
        assertEquals("0/1/0", counts(load("id,stock_total\n" + old + ",6\n")));

        assertEquals("6/0/0", fixture.figures(old));
        assertEquals(6, fixture.number("SELECT stock FROM productos WHERE id = ?", old));
        assertEquals(8, fixture.number("SELECT stock FROM productos WHERE id = ?", other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nombre,precio\\n,1                              | Línea 2, nombre: falta en un producto nuevo
            nombre,precio\\nA,                              | Línea 2, precio: falta en un producto nuevo
            nombre,precio\\nA,caro                          | Línea 2, precio: «caro» no es un importe, como 99.99
            nombre,precio\\nA,-1                            | Línea 2, precio: «-1» no es un importe, como 99.99
            nombre,precio\\nA,1.005                         | Línea 2, precio: «1.005» puede ser miles o decimales; \
            escribe 1249 o 1249,00
            nombre,precio\\nA,100000000                     | Línea 2, precio: «100000000» pasa de 99999999.99
            nombre,precio\\nA,"1,500"                       | Línea 2, precio: «1,500» puede ser miles o decimales; \
            escribe 1249 o 1249,00
            nombre,precio\\nA,1.500                         | Línea 2, precio: «1.500» puede ser miles o decimales; \
            escribe 1249 o 1249,00
            nombre,precio\\nA,"1.24,50"                     | Línea 2, precio: «1.24,50» no es un importe, como 99.99
            nombre,precio,descuento\\nA,1,101               | Línea 2, descuento: «101» no va de 0 a 100
            nombre,precio,descuento\\nA,1,5%                | Línea 2, descuento: «5%» no es un número entero
            nombre,precio,stock_total\\nA,1,-3              | Línea 2, stock_total: «-3» no va de 0 a 2147483647
            nombre,precio,stock_total\\nA,1,2147483648      | Línea 2, stock_total: «2147483648» no va de 0 a 2147483647
            nombre,precio,activo\\nA,1,quizás               | Línea 2, activo: «quizás» no es true o false
            nombre,precio,imagen_url\\nA,1,javascript:x     | Línea 2, imagen_url: «javascript:x» no empieza por \
            http://, https:// o /, o tiene espacios o comillas
            nombre,precio\\nA\\0B,1                         | Línea 2, nombre: contiene el carácter NUL
            nombre,precio,descripcion\\nA,1,"A\\n\\nB"\\nC,mal,  | Línea 5, precio: «mal» no es un importe, como 99.99
            nombre,precio\\nA,1,2                           | Línea 2: tiene 3 celdas y el encabezado nombra 2 columnas
            id,precio\\n999999,1                            | Línea 2, id: no existe el producto 999999
            id,precio\\nuno,1                               | Línea 2, id: «uno» no es un número entero
            nombre,precio\\n"A,1\\nB,2                      | Línea 2: no es CSV válido desde aquí; ¿unas comillas \
            sin cerrar?
            nombre,precio\\n  ,1                            | Línea 2, nombre: tiene solo espacios o caracteres que \
            no se ven
            nombre,precio\\n ​,1                  | Línea 2, nombre: tiene solo espacios o caracteres que no se ven
            nombre,precio\\nAB,1                      | Línea 2, nombre: contiene un carácter de control o un salto \
            de línea
            nombre,precio\\n"A\\nB",1                       | Línea 2, nombre: contiene un carácter de control o un \
            salto de línea
            nombre,precio\\n#N/A,1                          | Línea 2, nombre: «#N/A» es un error de la hoja de cálculo
            nombre,precio\\n#¿NOMBRE?,1                     | Línea 2, nombre: «#¿NOMBRE?» es un error de la hoja de \
            cálculo
            nombre,precio\\nA,                              | Línea 2, precio: falta en un producto nuevo
            nombre,precio\\nA,                         | Línea 2, precio: falta en un producto nuevo
            nombre,precio,\\nA,1,perdido                    | Línea 2: la columna 3 no tiene nombre en el encabezado \
            y aquí dice «perdido»
            nombre,precio,stock_total\\nA,1,1\\nÁ,1,1        | Línea 3, nombre: se llama igual que la línea 2
            nombre,color\\nA,rojo                           | Línea 1: no se conoce la columna «color»; las hay: \
            id,nombre,descripcion,precio,descuento,categoria,stock_total,activo,imagen_url
            nombre,nombre\\nA,B                             | Línea 1: la columna «nombre» está dos veces
            precio\\n1                                      | Línea 1: falta la columna «nombre» (o «id», para \
            cambiar productos que ya existen)
            """)
    void what_is_wrong_is_named_by_line_and_column_and_nothing_is_written(String file, String problem)
            throws IOException {
        String text = file.replace("\\n", "\n").replace("\\0", "\0");
        assertEquals(List.of(problem), refused(text));
        assertEquals(0, fixture.number("SELECT count(*) FROM productos"));
    }

    @Test
    void too_long_texts_are_refused_and_the_longest_are_taken() throws IOException {
        String row = "x".repeat(200) + ",1," + "ñ".repeat(50) + ",/" + "y".repeat(1_999) + "\n";
        assertEquals("1/0/0", counts(load("nombre,precio,categoria,imagen_url\n" + row)));
        assertEquals(
                List.of(
                        "Línea 2, nombre: tiene 201 caracteres y caben 200",
                        "Línea 2, categoria: tiene 51 caracteres y caben 50",
                        "Línea 2, imagen_url: tiene 2001 caracteres y caben 2000"),
                refused("nombre,precio,categoria,imagen_url\nx"
                        + row.replace(",1,", ",1,ñ").replace("\n", "y\n")));
    }

    @Test
    void bytes_that_are_no_utf_8_are_named_by_their_line() throws IOException {
        Path file = folder.resolve("latin1.csv");
        String lines = "nombre,precio\n" + "Radio,1\n".repeat(20_000) + "Cañón,1\n" + "Radio,1\n".repeat(20_000);
        Files.writeString(file, lines, StandardCharsets.ISO_8859_1);

        LoadOutcome outcome = load(file, true);

        assertEquals(
                List.of("Línea 20002: el texto no está en UTF-8; guarda el archivo como «CSV UTF-8»"),
                assertInstanceOf(LoadOutcome.Refused.class, outcome).problems().stream()
                        .map(LineProblem::toString)
                        .toList());
        assertEquals(0, fixture.number("SELECT count(*) FROM productos"));
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_change_nothing() throws IOException {
        assertEquals("1/0/0", counts(load("\uFEFF\"nombre\",precio\r\n\"Cañón\",1\r\n\r\n")));
        assertEquals("Cañón", fixture.text("SELECT nombre FROM productos"));
    }

    @Test
    void one_bad_line_keeps_all_out_unless_the_good_ones_are_asked_for() throws IOException {
        long radio = fixture.productWithStock(4);
        fixture.checkout(fixture.buyerWith(radio, 2));
        String text = "id,nombre,precio,stock_total\n"
                + ",Nueva,1,3\n"
                + ",Mala,x,3\n"
                + radio + ",,,1\n"
                + radio + ",Otra vez,,\n"
                + "77777,,,9\n";

        assertEquals(4, assertInstanceOf(LoadOutcome.Refused.class, load(text)).problemCount());
        assertEquals(1, fixture.number("SELECT count(*) FROM productos"));

        LoadOutcome partial = load(file(text), true);

        assertEquals("1/0/0", counts(partial));
        assertEquals(
                List.of(3L, 4L, 5L, 6L),
                partial.problems().stream().map(LineProblem::line).toList());
        assertEquals("4/2/0", fixture.figures(radio));
        assertEquals(List.of(), fixture.differences());
    }

    @Test
    void of_many_problems_the_first_hundred_are_told_and_all_are_counted() throws IOException {
        String text = "nombre,precio\n" + "A,x\n".repeat(5_000);

        LoadOutcome outcome = load(text);

        assertEquals(100, outcome.problems().size());
        assertEquals(5_000, outcome.problemCount());
        assertEquals(101, outcome.problems().getLast().line());
    }

    @Test
    void loading_a_dump_changes_nothing_and_dumping_again_is_the_same_byte_for_byte() throws IOException {
        List<String> nasty = List.of(
                "=1+1",
                "'=1+1",
                "''=x",
                "'",
                "''",
                "'a",
                "+1",
                "-1",
                "@x",
                "\tx",
                "\rx",
                "\r\n",
                "\n",
                "\"",
                "\"\"",
                ",",
                ";",
                " a ",
                "\\N",
                "\\",
                "_x000D_",
                "ñ€😀",
                "\u0001",
                "\u00a0",
                "\u2028",
                "#",
                "\uFEFF",
                "a\rb\nc\r\nd");
        for (String text : nasty) {
            fixture.product(text, "1.00", 3);
            fixture.sql(
                    "UPDATE productos SET descripcion = ?, categoria = ?, imagen_url = '/' || ? WHERE nombre = ?",
                    text,
                    text,
                    text,
                    text);
        }
        fixture.sql("INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, imagen_url, "
                + "activo, en_carrusel, en_carousel_card, en_all_products, created_at, updated_at) "
                + "VALUES ('', '', 0, 0, 0, '', '', false, false, false, false, now(), now())");
        String before = fingerprint();

        String csv = dump(true);
        assertEquals("0/0/" + (nasty.size() + 1), counts(load(csv)));
        Path workbook = folder.resolve("catalogo.xlsx");
        new DumpCatalogue(fixture.shop.database()).toFile(workbook, true, (rows, part) -> {});
        assertEquals("0/0/" + (nasty.size() + 1), counts(load(workbook, false)));

        assertEquals(before, fingerprint());
        assertEquals(csv, dump(true));
        assertEquals(0, fixture.number("SELECT count(*) FROM movimientos_stock"));
    }

    @Test
    void a_workbook_makes_the_same_products_as_the_csv() throws IOException {
        assertEquals(
                "2/0/0",
                counts(load(HEADER + "=cmd|' /C calc'!A0,\"Línea\r\notra\",7.5,10,otros,4,no,/a.png\n"
                        + "Radio,'=x,10,0,otros,0,1,\n")));
        Path workbook = folder.resolve("Catálogo.XLSX");
        new DumpCatalogue(fixture.shop.database()).toFile(workbook, false, (rows, part) -> {});
        String csv = dump(false);
        fixture.sql("DELETE FROM productos");

        assertEquals("2/0/0", counts(load(workbook, false)));

        assertEquals(csv, dump(false));
        assertEquals(
                List.of("catalogo.csv"),
                names().filter(name -> !name.endsWith("XLSX")).toList(),
                "no temporary file is left");
    }

    @Test
    void a_file_that_is_no_workbook_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("falso.xlsx"), "nombre,precio\nA,1\n");
        assertEquals(
                "no es un libro XLSX",
                assertInstanceOf(LoadOutcome.Refused.class, load(file, true))
                        .problems()
                        .getFirst()
                        .reason());
    }

    @Test
    void more_rows_than_one_chunk_come_in_order() throws IOException {
        String rows = IntStream.range(0, 5_000)
                .mapToObj(i -> "Producto " + i + "," + i + "\n")
                .collect(Collectors.joining());
        assertEquals("5000/0/0", counts(load("nombre,precio\n" + rows)));
        assertEquals(
                5_000,
                fixture.number("SELECT count(*) FROM (SELECT nombre, row_number() OVER (ORDER BY id) "
                        + "- 1 AS n FROM productos) AS p WHERE nombre = 'Producto ' || n"));
        assertTrue(dump(false).startsWith(HEADER + "Producto 0,,0.00,0,otros,0,true,\nProducto 1,,1.00,"));
    }

    @Test
    void what_a_load_leaves_alone_is_not_touched() throws IOException {
        long same = fixture.product("Igual", "1.00", 5);
        String before = fixture.text("SELECT xmin::text || updated_at FROM productos WHERE id = ?", same);
        assertEquals("0/0/1", counts(load("id,nombre,precio,stock_total\n" + same + ",Igual,1,5\n")));
        assertEquals(before, fixture.text("SELECT xmin::text || updated_at FROM productos WHERE id = ?", same));
    }

    private String fingerprint() {
        return fixture.text("SELECT string_agg(p::text, E'\\n' ORDER BY id) FROM productos p");
    }

    private List<String> movements() {
        return fixture.texts("SELECT concat_ws(' ', tipo, delta_total, motivo, to_char(created_at AT TIME ZONE "
                + "'UTC', 'YYYY-MM-DD HH24:MI:SS')) FROM movimientos_stock ORDER BY id");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("catalogo.csv"), text);
    }

    private LoadOutcome load(String text) throws IOException {
        return load(file(text), false);
    }

    private LoadOutcome load(Path file, boolean partial) throws IOException {
        return new LoadCatalogue(fixture.shop.database(), fixture.clock).run(file, partial, (rows, part) -> {});
    }

    private List<String> refused(String text) throws IOException {
        return assertInstanceOf(LoadOutcome.Refused.class, load(text)).problems().stream()
                .map(LineProblem::toString)
                .toList();
    }

    private String dump(boolean withIds) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DumpCatalogue(fixture.shop.database()).toStream(out, withIds, (rows, part) -> {});
        return out.toString(StandardCharsets.UTF_8);
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    /** {@code created/updated/unchanged}. */
    private static String counts(LoadOutcome outcome) {
        LoadOutcome.Loaded loaded = assertInstanceOf(LoadOutcome.Loaded.class, outcome, outcome::toString);
        return loaded.created() + "/" + loaded.updated() + "/" + loaded.unchanged();
    }
}
