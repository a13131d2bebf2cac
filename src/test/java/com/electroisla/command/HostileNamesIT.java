package com.electroisla.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Commands;
import com.electroisla.ShopFixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names with control characters for the operator's terminal, in every command that prints names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileNamesIT {
    private static final String HOSTILE =
            "\u001b]0;x\u0007\u001b[2Jmalo\rbien\n✅ todo en orden\u202etxt.exe\u009b1A\u200b";
    private static final String SHOWN =
            "\\u001b]0;x\\u0007\\u001b[2Jmalo\\u000dbien\\u000a✅ todo en orden\\u202etxt.exe\\u009b1A\\u200b";

    @TempDir
    private Path base;

    private final ShopFixture fixture = new ShopFixture();

    @BeforeAll
    void a_shop_of_hostile_names() {
        long soon = fixture.product("P1" + HOSTILE, "10.00", 9);
        long over = fixture.product("P2" + HOSTILE, "10.00", 9);
        long drifted = fixture.product("P3" + HOSTILE, "10.00", 9);
        long asleep = fixture.product("P4" + HOSTILE, "10.00", 0);
        fixture.sql("UPDATE productos SET stock = 7 WHERE id = ?", asleep);
        for (long product : List.of(soon, over)) {
            int buyer = fixture.buyerWith(product, 2);
            fixture.sql(
                    "UPDATE auth_user SET username = 'U' || ? || ? WHERE id = ?",
                    Long.toString(product),
                    HOSTILE,
                    buyer);
            fixture.checkout(buyer);
        }
        fixture.sql(
                "UPDATE stock_reservations SET expires_at = now() - interval '1 minute' WHERE producto_id = ?", over);
        fixture.sql("UPDATE productos SET stock_vendido = 3 WHERE id = ?", drifted);
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "verificar_datos",
                "verificar_inventario",
                "reservas",
                "actualizar_stock",
                "liberar_reservas_expiradas --verbose",
                "verificar_inventario --reparar"
            })
    void a_command_that_prints_names_shows_them_and_none_is_obeyed(String line) {
        String printed = manage("", line.split(" "));
        assertTrue(printed.contains(SHOWN), printed);
        assertHarmless(printed);
    }

    @Test
    void the_small_sql_console_shows_them_in_tables_in_headings_and_in_errors() {
        String printed = manage(
                "SELECT nombre, username AS \"" + HOSTILE + "\" FROM productos, auth_user;", "dbshell", "--propia");
        assertTrue(printed.contains("P1\\u001b]0;x"), printed);
        assertHarmless(printed);
        assertHarmless(manage("SELECT \"" + HOSTILE + "\";", "dbshell", "--propia"));
    }

    @Test
    void the_shell_shows_them_in_its_tables_too() {
        String printed = manage("sql(\"SELECT username FROM auth_user\");", "shell");
        assertTrue(printed.contains("\\u001b[2Jmalo"), printed);
        assertHarmless(printed);
    }

    @Test
    void a_hostile_word_of_the_command_line_or_of_a_file_comes_back_harmless() throws Exception {
        Path file = base.resolve("catalogo.csv");
        Files.writeString(file, "id,nombre,precio," + HOSTILE.replace("\n", "") + "\n1,\"" + HOSTILE + "\",x,y\n");
        for (List<String> words : List.of(
                List.of("loaddata", file.toString()),
                List.of("loaddata", HOSTILE),
                List.of("changepassword", HOSTILE),
                List.of("createsuperuser", "--noinput", "--username", HOSTILE, "--email", "a@example.com"),
                List.of("createsuperuser", "--noinput", "--username", "ana", "--email", HOSTILE),
                List.of(HOSTILE),
                List.of("reservas", HOSTILE),
                List.of("reservas", "--estado", HOSTILE),
                List.of("verificar_inventario", "--desde", HOSTILE),
                List.of("dumpdata", base.resolve(HOSTILE + ".csv").toString()),
                List.of("respaldar", base.resolve(HOSTILE).toString()),
                List.of("restaurar", HOSTILE),
                List.of("restaurar", "--forzar", base.resolve(HOSTILE).toString()),
                List.of("migrate", "api", HOSTILE))) {
            assertHarmless(manage("", words.toArray(String[]::new)));
        }
    }

    private static void assertHarmless(String printed) {
        assertEquals("", printed.replaceAll("[^\\p{Cntrl}\u0080-\u009f\u200b\u2028-\u202e]|[\\n\\t]", ""), printed);
        assertTrue(printed.lines().noneMatch(line -> line.startsWith("✅ todo")), printed);
    }

    /** The exact output on the terminal. */
    private String manage(String typed, String... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(printed, true, StandardCharsets.UTF_8);
        new Manage(
                        base,
                        new Context.Terminal(
                                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                                terminal,
                                terminal,
                                Map.of("DATABASE_URL", ManageRun.url(fixture.target))),
                        (_, _, _, _, _) -> 1,
                        Commands.ALL)
                .run(words);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
