package com.electroisla.accounts.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Commands;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.TokenPair;
import com.electroisla.command.Context.Terminal;
import com.electroisla.command.Manage;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.settings.Settings;
import com.electroisla.wiring.Shop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountCommandsIT {
    private static final String PASSWORD = "Isla#verde7";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private Database database;
    private Shop shop;

    @BeforeEach
    void open() {
        JdbcTarget target = MigratedDatabase.create();
        environment.put(
                "DATABASE_URL",
                "postgresql://" + target.user() + ":"
                        + URLEncoder.encode(target.password(), StandardCharsets.UTF_8) + "@"
                        + target.url().replace("jdbc:postgresql://", ""));
        database = new Database(target, 4);
        shop = Shop.open(Settings.load(folder, Map.of(), Map.of()), database, DatabaseClock.REAL);
    }

    @AfterEach
    void close() {
        shop.close();
        database.close();
    }

    @Test
    void without_questions_the_three_variables_make_a_superuser_who_can_enter() {
        environment.put("ELECTRO_ISLA_SUPERUSER_USERNAME", "jefa");
        environment.put("ELECTRO_ISLA_SUPERUSER_EMAIL", "jefa@example.com");
        environment.put("ELECTRO_ISLA_SUPERUSER_PASSWORD", PASSWORD);

        assertEquals(0, run("", "createsuperuser", "--noinput"), this::errors);

        assertEquals("Superusuario creado con éxito.\n", out.toString(StandardCharsets.UTF_8));
        assertEquals(
                Role.ADMIN,
                assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("jefa", PASSWORD))
                        .profile()
                        .role());
        assertEquals(1, run("", "createsuperuser", "--noinput"));
        assertTrue(errors().contains("«jefa» ya está en uso"), this::errors);
    }

    @Test
    void without_questions_a_common_password_makes_no_superuser() {
        environment.put("ELECTRO_ISLA_SUPERUSER_PASSWORD", "Password1");

        assertEquals(1, run("", "createsuperuser", "--noinput", "--username", "jefa", "--email", "jefa@example.com"));

        assertTrue(errors().contains("demasiado común"), this::errors);
        assertTrue(shop.accounts().manage().find("jefa").isEmpty());
    }

    @Test
    void an_email_or_name_that_somebody_has_in_another_case_makes_no_superuser_and_is_asked_for_again() {
        shop.accounts().manage().create("ale", "ale@example.com", PASSWORD, Role.CLIENTE);
        assertEquals(1, run("", "createsuperuser", "--noinput", "--username", "jefa", "--email", "ALE@example.com"));
        assertTrue(errors().contains("Otra cuenta ya tiene el correo «ALE@example.com»."), this::errors);
        assertEquals(1, run("", "createsuperuser", "--noinput", "--username", "Ale", "--email", "jefa@example.com"));
        assertTrue(errors().contains("«Ale» ya está en uso"), this::errors);
        assertEquals(
                0,
                run("jefa\nAle@Example.com\njefa@example.com\n" + PASSWORD + "\n" + PASSWORD + "\n", "createsuperuser"),
                this::errors);
        assertTrue(errors().contains("Otra cuenta ya tiene el correo «Ale@Example.com»."), this::errors);
    }

    @Test
    void without_questions_and_without_a_name_it_says_what_is_missing() {
        assertEquals(1, run("", "createsuperuser", "--noinput"));
        assertEquals("Con --noinput hace falta --username o ELECTRO_ISLA_SUPERUSER_USERNAME.\n", errors());
    }

    @Test
    void without_a_password_the_account_exists_and_nobody_enters() {
        assertEquals(
                0,
                run("", "createsuperuser", "--noinput", "--username", "jefa", "--email", "jefa@example.com"),
                this::errors);
        assertInstanceOf(LogInOutcome.Refused.class, logIn("jefa", ""));
    }

    @Test
    void the_answers_may_come_from_standard_input_and_bad_ones_are_asked_for_again() {
        String answers = "con espacio\njefa\nno es "
                + "correo\njefa@example.com\n12345678\n12345678\nn\ndistinta1\ndistinta2\n"
                + PASSWORD + "\n" + PASSWORD + "\n";

        assertEquals(0, run(answers, "createsuperuser"), this::errors);

        assertTrue(errors().contains("no coinciden"), this::errors);
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("jefa", PASSWORD));
        assertFalse((out.toString(StandardCharsets.UTF_8) + errors()).contains(PASSWORD), "never printed");
    }

    @Test
    void an_operator_may_insist_on_an_unwise_password() {
        assertEquals(0, run("corta\ncorta\ns\n", "createsuperuser", "--username", "jefa", "--email", ""), this::errors);
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("jefa", "corta"));
    }

    @Test
    void when_the_answers_end_nothing_is_created() {
        assertEquals(1, run("jefa\n", "createsuperuser"));
        assertTrue(shop.accounts().manage().find("jefa").isEmpty());
    }

    @Test
    void a_changed_password_opens_the_account_and_ends_its_sessions() {
        shop.accounts().manage().create("ale", "ale@example.com", PASSWORD, Role.CLIENTE);
        TokenPair session = (TokenPair) assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("ale", PASSWORD))
                .session();

        assertEquals(0, run("Otra#clave9\n", "changepassword", "ale"), this::errors);

        assertTrue(shop.accounts().verifier().verify(session.accessToken()).isEmpty());
        assertInstanceOf(LogInOutcome.Refused.class, logIn("ale", PASSWORD));
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("ale", "Otra#clave9"));
    }

    @Test
    void three_unwise_passwords_leave_it_as_it_was_and_an_unknown_user_is_named() {
        shop.accounts().manage().create("ale", "ale@example.com", PASSWORD, Role.CLIENTE);

        assertEquals(1, run("a\na\nb\nb\nc\nc\n", "changepassword", "ale"));
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("ale", PASSWORD));

        assertEquals(1, run("", "changepassword", "nadie"));
        assertTrue(errors().contains("No existe el usuario «nadie»."), this::errors);
        assertEquals(2, run("", "changepassword"));
    }

    private LogInOutcome<TokenPair> logIn(String username, String password) {
        return shop.accounts().login().logIn(username, password, new Client(InetAddress.getLoopbackAddress(), ""));
    }

    private int run(String answers, String... arguments) {
        var terminal = new Terminal(
                new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment);
        return new Manage(folder, terminal, (host, port, served, started, stopped) -> 1, Commands.ALL).run(arguments);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
