package com.electroisla.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Commands;
import com.electroisla.settings.Setting;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManageTest {
    @TempDir
    private Path base;

    private ManageRun manage(String... args) {
        return ManageRun.of(base, Map.of(), args);
    }

    @Test
    void without_arguments_every_command_has_one_line() {
        ManageRun run = manage();
        assertEquals(0, run.code());
        assertEquals(List.of(), run.err());
        Set<String> names = new HashSet<>();
        for (Manage.Entry entry : Commands.ALL) {
            assertTrue(names.add(entry.name()), entry::name);
            assertEquals(
                    1,
                    run.out().stream()
                            .filter(line -> line.strip().startsWith(entry.name() + " "))
                            .count(),
                    entry::name);
        }
    }

    @Test
    void what_is_not_in_the_product_says_so_whatever_its_options() {
        for (String name : List.of("bench", "simulacro")) {
            ManageRun run = manage(name, "--minutos", "1", "algo");
            assertEquals(1, run.code());
            assertTrue(
                    run.err().getFirst().contains("copia completa del proyecto"),
                    () -> run.err().toString());
        }
    }

    @Test
    void no_command_has_the_database_driver_describe_its_every_statement() {
        Logger.getLogger("").setLevel(Level.ALL);
        manage("verificar_inventario", "--help");
        assertFalse(Logger.getLogger("org.postgresql").isLoggable(Level.FINE));
    }

    @Test
    void every_command_explains_itself_and_its_settings() {
        for (Manage.Entry entry : Commands.ALL) {
            ManageRun run = manage(entry.name(), "--help");
            assertEquals(0, run.code(), entry::name);
            assertEquals(List.of(), run.err(), entry::name);
            String help = String.join("\n", run.out());
            assertTrue(help.startsWith("Uso: ./manage " + entry.name() + " [OPCIONES]"), help);
            for (Setting setting : Setting.values()) {
                assertEquals(
                        !setting.isSecret(),
                        help.contains(setting.flag() + "="),
                        () -> entry.name() + " and " + setting.flag());
            }
            assertTrue(help.contains("--traceback"), help);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no-existe                 | No existe el comando «no-existe»
            migrate --nada            | --nada
            migrate api 0019 de-mas   | de-mas
            migrate --home            | --home
            migrate otra              | «otra»
            runserver 70000           | «70000»
            runserver hola            | «hola»
            """)
    void wrong_usage_is_exit_2_and_one_line(String line, String named) {
        ManageRun run = manage(line.split(" "));
        assertEquals(2, run.code());
        assertEquals(List.of(), run.out());
        assertEquals(1, run.err().size(), run::toString);
        assertTrue(run.err().getFirst().contains(named), run::toString);
    }

    @Test
    void a_wrong_setting_is_named_in_one_line() {
        ManageRun fromEnvironment = ManageRun.of(base, Map.of("ELECTRO_ISLA_TTL", "un rato"), "showmigrations");
        assertEquals(1, fromEnvironment.code());
        assertEquals(1, fromEnvironment.err().size());
        assertTrue(fromEnvironment.err().getFirst().startsWith("ELECTRO_ISLA_TTL: "), fromEnvironment::toString);
        assertEquals(2, manage("showmigrations", "--ttl", "un rato").code());
    }

    @Test
    void a_database_that_does_not_answer_is_one_line_and_a_trace_only_on_request() {
        Map<String, String> environment = Map.of("DATABASE_URL", "postgresql://u:secreta@127.0.0.1:1/tienda");
        ManageRun plain = ManageRun.of(base, environment, "showmigrations");
        assertEquals(1, plain.code());
        assertEquals(1, plain.err().size(), plain::toString);
        assertTrue(plain.err().getFirst().startsWith("No se puede conectar"), plain::toString);
        ManageRun traced = ManageRun.of(base, environment, "showmigrations", "--traceback");
        assertEquals(1, traced.code());
        assertTrue(traced.err().size() > 5);
        assertTrue(traced.err().stream().noneMatch(line -> line.contains("secreta")), traced::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "showmigrations --database-url postgresql://u:secreta@127.0.0.1:1/tienda",
                "showmigrations --database-url=postgres://u:secreta@127.0.0.1:1/tienda",
                "showmigrations --database-url postgresql://127.0.0.1:1/tienda?user=u&password=secreta",
                "dbshell postgresql://u:secreta@127.0.0.1:1/tienda",
                "postgresql://u:s:e@creta@127.0.0.1:1/tienda",
            })
    void a_database_url_with_a_password_is_refused_as_an_argument_and_never_repeated(String line) {
        ManageRun run = manage(line.split(" "));
        assertEquals(2, run.code());
        assertEquals(1, run.err().size(), run::toString);
        assertTrue(
                run.err().getFirst().contains("entorno") && run.err().getFirst().contains(".env"), run::toString);
        assertFalse(run.toString().contains("creta"), run::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "showmigrations --stripe-clave sk_live_secreta",
                "showmigrations --stripe-clave=sk_live_secreta",
                "showmigrations --mercadopago-secreto-eventos secreta",
                "--prueba-secreto-eventos=secreta",
            })
    void a_key_of_a_provider_is_refused_as_an_argument_and_never_repeated(String line) {
        ManageRun run = manage(line.split(" "));
        assertEquals(2, run.code());
        assertEquals(1, run.err().size(), run::toString);
        assertTrue(
                run.err().getFirst().contains("entorno") && run.err().getFirst().contains(".env"), run::toString);
        assertFalse(run.toString().contains("secreta"), run::toString);
    }

    @Test
    void a_commands_own_setting_goes_before_the_environment_and_after_a_flag() {
        List<Manage.Entry> commands = List.of(new Manage.Entry("cobra", "Cobra", () -> new ManageCommand() {
            @Override
            public int run(Context context) {
                context.out().println(context.settings().payments().providers());
                return 0;
            }

            @Override
            public Map<Setting, String> ownSettings() {
                return Map.of(Setting.PAYMENTS, "prueba");
            }
        }));
        Map<String, String> environment = Map.of(
                "ELECTRO_ISLA_PAGOS", "stripe",
                "ELECTRO_ISLA_STRIPE_CLAVE", "sk_test_secreta",
                "ELECTRO_ISLA_STRIPE_SECRETO_EVENTOS", "whsec_secreta");

        assertEquals(List.of("[Test[events=Optional.empty]]"), printed(commands, environment, "cobra"));
        assertEquals(
                List.of("[Stripe[key=(hidden), events=(hidden)]]"),
                printed(commands, environment, "cobra", "--pagos", "stripe"));
    }

    private List<String> printed(List<Manage.Entry> commands, Map<String, String> environment, String... args) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(printed, true, StandardCharsets.UTF_8);
        new Manage(
                        base,
                        new Context.Terminal(InputStream.nullInputStream(), terminal, terminal, environment),
                        (host, port, shop, started, stopped) -> 1,
                        commands)
                .run(args);
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void a_database_url_without_a_password_may_be_an_argument() {
        assertEquals(
                1,
                manage("showmigrations", "--database-url", "postgresql://u@127.0.0.1:1/tienda")
                        .code());
    }

    @Test
    void what_a_command_prints_moves_no_cursor_turns_no_writing_round_and_ends_no_line() {
        String name = "Cable\u001b[2J\u009b1A\u202eUSB\nOtra: x9\r\u0007\u2028";
        List<Manage.Entry> commands = List.of(new Manage.Entry("nombra", "Nombra", () -> context -> {
            context.out().println(name);
            context.out().print(name);
            context.out().println((Object) new StringBuilder(name));
            context.err().printf("%s", name);
            context.err().println(name.toCharArray());
            throw new CommandRefused(name);
        }));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(printed, true, StandardCharsets.UTF_8);
        new Manage(
                        base,
                        new Context.Terminal(InputStream.nullInputStream(), terminal, terminal, Map.of()),
                        (host, port, shop, started, stopped) -> 1,
                        commands)
                .run("nombra", "--traceback");
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("Cable\\u001b[2J\\u009b1A\\u202eUSB\\u000aOtra: x9\\u000d\\u0007\\u2028\n"), text);
        assertTrue(
                text.chars()
                        .noneMatch(it ->
                                Character.isISOControl(it) && it != '\n' && it != '\t' || it >= 0x2028 && it <= 0x202e),
                text);
        assertTrue(text.lines().noneMatch(line -> line.startsWith("Otra")), text);
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 127.0.0.1, 8000, http://127.0.0.1:8000/",
        "0.0.0.0:80, 0.0.0.0, 80, http://0.0.0.0:80/",
        "[::1]:8001, ::1, 8001, http://[::1]:8001/",
    })
    void an_address_is_a_port_or_an_address_with_one(String text, String host, int port, String url) {
        ServerAddress address = ServerAddress.parse(text);
        assertEquals(new ServerAddress(host, port), address);
        assertEquals(url, address.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", ":8000", "127.0.0.1:", "1.2.3.4:x", "-1"})
    void anything_else_is_not(String text) {
        assertThrows(WrongUsage.class, () -> ServerAddress.parse(text));
    }
}
