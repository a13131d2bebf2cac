package com.electroisla.shell.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.command.ManageRun;
import com.electroisla.docs.DocsPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/how-to/shell.md is correct, and scripts end as they should. */
class ShellPageIT {
    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private record Run(int code, String out, List<String> err) {}

    @Test
    void every_snippet_of_the_page_prints_what_the_page_shows() throws IOException {
        long charger = fixture.product("Cargador USB-C", "39.90", 0);
        long headphones = fixture.product("Audífonos", "129.00", 0);
        fixture.sql("UPDATE productos SET stock = CASE id WHEN ? THEN 10 ELSE 4 END", charger);
        int ana = fixture.anyBuyer();
        fixture.sql("UPDATE auth_user SET username = 'ana' WHERE id = ?", ana);
        fixture.inCart(ana, charger, 3);
        fixture.inCart(ana, headphones, 1);

        var snippets = DocsPage.read(Path.of("docs/how-to/shell.md")).snippets("java");
        assertEquals(5, snippets.size());
        for (int i = 0; i < snippets.size(); i++) {
            assertEquals(
                    new Run(0, snippets.get(i).output(), List.of()),
                    shell(snippets.get(i).text()),
                    "snippet " + (i + 1));
            if (i == 0) {
                fixture.checkout(ana);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            int a = 1;\\n\\nint b = nada();                        | Línea 3: «int b = nada();»: cannot find symbol
            throw new IllegalStateException("se acabó");            | Línea 1: «throw new IllegalStateException("se \
            acabó");»: java.lang.IllegalStateException: se acabó
            productos().buscar(                                     | Línea 1: «productos().buscar(»: el fragmento \
            está sin terminar
            sql("SELECT nada");                                     | Línea 1: «sql("SELECT nada");»: \
            org.postgresql.util.PSQLException
            Desconocida x;                                          | Línea 1: «Desconocida x;»
            """)
    void what_fails_ends_the_script_and_is_named_in_one_line(String script, String problem) {
        Run run = shell(
                "System.out.println(\"antes\"); " + script.replace("\\n", "\n") + "\nSystem.out.println(\"después\");");
        assertEquals(1, run.code(), run::toString);
        assertEquals("antes\n", run.out().replace("después\n", problem.contains("Desconocida") ? "" : "después\n"));
        assertEquals(1, run.err().size(), run::toString);
        assertTrue(
                run.err()
                        .getFirst()
                        .replaceFirst("^Línea \\d+: ", "")
                        .startsWith(problem.replaceFirst("^Línea \\d+: ", "")),
                run::toString);
        assertTrue(!problem.startsWith("Línea 3") || run.err().getFirst().startsWith("Línea 3"), run::toString);
    }

    @Test
    void traceback_shows_where_it_failed() {
        Run run = shell("throw new IllegalStateException(\"x\");", "--traceback");
        assertTrue(run.err().stream().anyMatch(line -> line.contains("SnippetFailed")), run::toString);
        assertTrue(run.err().stream().anyMatch(line -> line.contains("jdk.jshell.EvalException")), run::toString);
    }

    @Test
    void a_chain_goes_on_in_the_next_line_and_a_line_may_lack_its_semicolon() {
        assertEquals(new Run(0, "6\n", List.of()), shell("""
                // una suma
                int a = 1
                int b = Stream.of(2, 3)
                    .mapToInt(x -> x)
                    .sum()
                void decir(int x) { System.out.println(x); }
                decir(a + b)
                /exit
                esto no se lee
                """));
    }

    @Test
    void a_long_list_is_read_page_after_page() {
        fixture.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, categoria, activo,
                    en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                SELECT 'P' || n, '', 1, 0, 0, 1, 'otros', true, false, false, false, now(), now()
                FROM generate_series(1, 2000) n
                """);
        assertEquals("2000 P1 P2000\n2000\n", shell("""
                var nombres = productos().todos().map(Producto::nombre).toList();
                System.out.println(nombres.size() + " " + nombres.getFirst() + " " + nombres.getLast());
                System.out.println(productos().contar());
                """).out());
    }

    @Test
    void sql_prints_rows_and_commits_what_it_changes() {
        fixture.product("Radio", "9.90", 3);
        Run run = shell("sql(\"UPDATE productos SET precio = 8\"); sql(\"SELECT nombre, precio FROM productos\");");
        assertEquals("UPDATE 1\n nombre | precio\n--------+--------\n Radio  |   8.00\n(1 fila)\n\n", run.out());
        assertEquals("8.00", fixture.text("SELECT precio::text FROM productos"));
    }

    @Test
    void the_whole_shop_is_there() {
        fixture.pay(paying());
        assertEquals("true 1 confirmado 0\n", shell("""
                Pedido pedido = pedidos().todos().findFirst().get();
                System.out.println((tienda().inventory().summary().sold() == 2) + " " + pedidos().contar() + " " + \
                pedido.estado() + " " + inventario().diferencias());
                """).out());
    }

    private int paying() {
        int buyer = fixture.buyerWith(fixture.productWithStock(5), 2);
        fixture.checkout(buyer);
        return buyer;
    }

    /** Runs a script. Snippets print to the process's own output, which is redirected into the run's meanwhile. */
    private Run shell(String script, String... options) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            String[] line = IntStream.rangeClosed(0, options.length)
                    .mapToObj(i -> i == 0 ? "shell" : options[i - 1])
                    .toArray(String[]::new);
            ManageRun run = ManageRun.typing(
                    script,
                    folder,
                    Map.of(
                            "DATABASE_URL",
                            ManageRun.url(fixture.target),
                            "ELECTRO_ISLA_HOME",
                            folder.resolve("var").toString()),
                    line);
            String own = run.out().stream().map(each -> each + "\n").collect(Collectors.joining());
            return new Run(run.code(), own + printed.toString(StandardCharsets.UTF_8), run.err());
        } finally {
            System.setOut(before);
        }
    }
}
