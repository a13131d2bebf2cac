package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.PreparedPlans;
import com.electroisla.accounts.LogInOutcome.LoggedIn;
import com.electroisla.accounts.LogInOutcome.Refused;
import com.electroisla.accounts.LogInOutcome.TooManyFailures;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accounts by their e-mail: which account it finds, the subject of the limit, and that no two new accounts share an
 * address.
 */
class EmailLogInIT {
    private static final String PASSWORD = "Isla#verde7";

    @TempDir
    Path folder;

    private Instance here;
    private Instance there;

    @BeforeEach
    void open() {
        JdbcTarget target = MigratedDatabase.create();
        here = new Instance(target, folder.resolve("a"));
        there = new Instance(target, folder.resolve("b"));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void an_email_lets_its_account_in_whatever_its_case() {
        insert("ale", "Ale.Paz@Example.com", true);
        for (String typed : List.of("Ale.Paz@Example.com", "ale.paz@example.com", "ALE.PAZ@EXAMPLE.COM")) {
            assertEquals(
                    "ale",
                    assertInstanceOf(LoggedIn.class, here.logIn(typed, PASSWORD))
                            .profile()
                            .username(),
                    typed);
        }
        assertInstanceOf(Refused.class, here.logIn("ale.paz@example.co", PASSWORD));
        assertInstanceOf(Refused.class, here.logIn("ale_paz@example.com", PASSWORD));
        assertInstanceOf(Refused.class, here.logIn("ale.paz@example.com", "equivocada"));
    }

    @Test
    void a_user_name_wins_over_an_email_that_is_the_same() {
        insert("ale", "nombre@example.com", true);
        insert("nombre@example.com", "otra@example.com", true);
        assertEquals(
                "nombre@example.com",
                ((LoggedIn<?>) here.logIn("nombre@example.com", PASSWORD))
                        .profile()
                        .username());
        assertEquals(
                "ale",
                ((LoggedIn<?>) here.logIn("Nombre@example.com", PASSWORD))
                        .profile()
                        .username(),
                "no user has that name");
    }

    @Test
    void a_name_is_found_as_it_was_typed_before_it_is_found_as_names_are_kept() {
        insert("jose\u0301", "a@example.com", true);
        assertEquals(
                "jose\u0301",
                ((LoggedIn<?>) here.logIn("jose\u0301", PASSWORD)).profile().username());
        insert("josé", "b@example.com", true);
        assertEquals(
                "jose\u0301",
                ((LoggedIn<?>) here.logIn("jose\u0301", PASSWORD)).profile().username());
        assertEquals(
                "josé", ((LoggedIn<?>) here.logIn("josé", PASSWORD)).profile().username());
    }

    @Test
    void an_email_that_two_accounts_share_is_refused_like_a_wrong_password_at_the_same_cost() {
        insert("una", "casa@example.com", true);
        insert("otra", "CASA@example.com", true);
        insert("sin correo", "", true);
        insert("baja", "baja@example.com", false);
        for (String typed :
                List.of("casa@example.com", "CASA@example.com", "nadie@example.com", "baja@example.com", "")) {
            here.computed.clear();
            assertEquals(new Refused<>(), here.logIn(typed, PASSWORD, "192.0.2." + (typed.length() + 1)), typed);
            assertEquals(
                    Instance.ITERATIONS,
                    here.computed.stream().mapToInt(Integer::intValue).sum(),
                    typed);
        }
        assertInstanceOf(LoggedIn.class, here.logIn("una", PASSWORD, "192.0.2.99"));
        here.database.useTransaction(
                handle -> handle.execute("DELETE FROM user_profiles; DELETE FROM auth_user WHERE username = 'otra'"));
        assertInstanceOf(
                LoggedIn.class, here.logIn("casa@example.com", PASSWORD, "192.0.2.98"), "now it is one's alone");
    }

    @Test
    void failures_count_for_the_account_however_it_was_spelled() {
        insert("ale", "ale@example.com", true);
        List<String> spellings = List.of("ale", "ale@example.com", "ALE@example.com", "Ale@Example.Com", "ale");
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Refused.class, (i % 2 == 0 ? here : there).logIn(spellings.get(i), "mal", "192.0.2." + i));
        }
        for (String typed : List.of("ale", "ale@example.com", "aLe@eXample.com")) {
            assertInstanceOf(TooManyFailures.class, there.logIn(typed, PASSWORD, "198.51.100.7"), typed);
        }
        assertEquals(
                "ale 5",
                value("SELECT string_agg(replace(clave, 'login:usuario:', '') || ' ' || cuenta, "
                        + "',') FROM limites WHERE clave LIKE 'login:usuario:%'"));
    }

    @Test
    void other_cases_of_a_name_are_counted_alike_whether_somebody_has_it_or_not() {
        insert("Ale", "ale@example.com", true);
        for (String name : List.of("ale", "nadie")) {
            for (int i = 0; i < 5; i++) {
                assertInstanceOf(
                        Refused.class,
                        here.logIn(
                                i % 2 == 0 ? name : name.toUpperCase(java.util.Locale.ROOT),
                                "mal",
                                "192.0.2." + (10 * name.length() + i)));
            }
            String capital = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
            assertInstanceOf(
                    TooManyFailures.class,
                    here.logIn(capital, PASSWORD, "198.51.100.7"),
                    "the answer tells no name: " + name);
        }
    }

    @Test
    void an_email_or_a_name_that_somebody_has_in_another_case_is_taken() {
        assertInstanceOf(RegisterOutcome.Registered.class, register(here, "ale", "Ale@Example.com"));
        assertEquals(new RegisterOutcome.EmailTaken(), register(there, "beatriz", "ale@example.COM"));
        assertEquals(new RegisterOutcome.UsernameTaken(), register(there, "ALE", "otra@example.com"));
        assertEquals(
                new RegisterOutcome.UsernameTaken(),
                register(there, "ale@example.com", "otra@example.com"),
                "they would stand before ale at the door");
        assertInstanceOf(RegisterOutcome.Registered.class, register(there, "carla@example.com", "c@example.com"));
        assertEquals(
                new RegisterOutcome.EmailTaken(),
                register(there, "carla", "Carla@example.com"),
                "it would open another's account");
        assertTrue(here.accounts
                .manage()
                .createSuperuser("jefa", "ALE@example.com", PASSWORD)
                .isEmpty());
        assertTrue(here.accounts.manage().createSuperuser("jefa", "", PASSWORD).isPresent());
        assertTrue(
                here.accounts.manage().createSuperuser("jefa2", "", PASSWORD).isPresent(), "none at all is nobody's");
        assertEquals("4", value("SELECT count(*) FROM auth_user"));
    }

    @Test
    void of_many_who_register_one_email_at_once_on_two_instances_exactly_one_gets_it() throws Exception {
        List<Callable<RegisterOutcome>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            work.add(() -> register(
                    number % 2 == 0 ? here : there,
                    "nueva" + number,
                    number % 3 == 0 ? "N@Example.com" : "n@example.com"));
        }
        List<RegisterOutcome> outcomes = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<RegisterOutcome> outcome : executor.invokeAll(work)) {
                outcomes.add(outcome.get());
            }
        }
        assertEquals(
                Map.of(RegisterOutcome.Registered.class, 1L, RegisterOutcome.EmailTaken.class, 7L),
                outcomes.stream().collect(Collectors.groupingBy(Object::getClass, Collectors.counting())));
        assertEquals("1", value("SELECT count(*) FROM auth_user"));
    }

    @Test
    void an_account_among_many_is_found_by_an_index() throws SQLException {
        here.database.useTransaction(handle -> handle.execute("""
                INSERT INTO auth_user (username, password, is_superuser, is_staff, is_active, first_name, last_name,
                    email, date_joined)
                SELECT 'u' || n, '!', false, false, true, '', '', CASE WHEN n % 5 = 0 THEN '' ELSE 'U' || n
                       || '@example.com' END, now() FROM generate_series(1, 20000) n;
                ANALYZE auth_user"""));
        // one connection, so that statements prepared on it are found on it; its plans are generic
        try (Database batches = new Database(here.database.target(), 1, Database.Purpose.BATCHES)) {
            for (int i = 0; i < 6; i++) {
                assertEquals(
                        "u7",
                        batches.read(handle -> AccountSql.byLogin(handle, "u7@EXAMPLE.com", "u7@EXAMPLE.com"))
                                .orElseThrow()
                                .username());
                assertEquals(true, batches.read(handle -> AccountSql.hasEmail(handle, "u7@EXAMPLE.com")));
                assertEquals(true, batches.read(handle -> AccountSql.hasName(handle, "U7")));
            }
            Map<String, List<String>> plans = batches.<Map<String, List<String>>, SQLException>read(PreparedPlans::of);
            plans.keySet().removeIf(statement -> !statement.contains("auth_user"));
            assertEquals(3, plans.size(), plans::toString);
            plans.forEach((statement, plan) -> assertTrue(
                    plan.stream().noneMatch(line -> line.contains("Seq Scan on auth_user")), plan::toString));
        }
    }

    private static RegisterOutcome register(Instance instance, String username, String email) {
        return instance.accounts.registration().register(username, email, PASSWORD, Instance.client("192.0.2.1"));
    }

    private void insert(String username, String email, boolean active) {
        here.database.useTransaction(handle -> handle.createUpdate("""
                        INSERT INTO auth_user (username, password, is_superuser, is_staff, is_active, first_name,
                            last_name, email, date_joined)
                        VALUES (:username, :hash, false, false, :active, '', '', :email, now())
                        """)
                .bind("username", username)
                .bind("hash", LogInIT.hash(PASSWORD, Instance.ITERATIONS))
                .bind("active", active)
                .bind("email", email)
                .execute());
    }

    private String value(String sql) {
        return here.database.read(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
}
