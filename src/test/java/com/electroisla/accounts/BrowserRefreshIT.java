package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopWords;
import com.electroisla.accounts.BrowserRefresh.Refreshed;
import com.electroisla.accounts.BrowserRefresh.Refused;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The refresh token of a cookie, which several tabs send at once; two instances with one home, so with one secret. */
class BrowserRefreshIT {
    private static final String PASSWORD = "Isla#verde7";
    private static final Client CLIENT = Instance.client("192.0.2.1");

    @TempDir
    Path folder;

    private Instance here;
    private Instance there;
    private JdbcTarget target;
    private ShopWords words;

    @BeforeEach
    void open() {
        target = MigratedDatabase.create();
        here = new Instance(target, folder.resolve("a"));
        there = new Instance(target, folder.resolve("a"));
        words = ShopWords.of(here.database);
        here.accounts.manage().create("ale", "ale@example.com", PASSWORD, Role.CLIENTE);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private BrowserRefresh refresh(Instance instance, String token) {
        return instance.accounts.refreshInBrowser(token, CLIENT);
    }

    private Refreshed refreshed(Instance instance, String token) {
        return assertInstanceOf(Refreshed.class, refresh(instance, token));
    }

    private String first() {
        return here.tokens("ale", PASSWORD).refreshToken();
    }

    private static String next(Refreshed answer) {
        return answer.tokens().refreshToken();
    }

    @Test
    void two_tabs_that_refresh_at_the_same_moment_get_the_same_next_token_and_stay_signed_in() throws Exception {
        String token = first();
        for (int round = 0; round < 5; round++) {
            String shared = token;
            List<Callable<Refreshed>> tabs = new ArrayList<>();
            for (int tab = 0; tab < 6; tab++) {
                Instance instance = tab % 2 == 0 ? here : there;
                tabs.add(() -> refreshed(instance, shared));
            }
            List<Refreshed> answers = new ArrayList<>();
            try (var executor = Executors.newFixedThreadPool(tabs.size())) {
                for (Future<Refreshed> answer : executor.invokeAll(tabs)) {
                    answers.add(answer.get());
                }
            }
            assertEquals(
                    1, answers.stream().map(BrowserRefreshIT::next).distinct().count());
            assertTrue(answers.stream().allMatch(answer -> here.letsIn(answer.tokens())));
            token = next(answers.getFirst());
            assertNotEquals(shared, token);
        }
        assertEquals(6, words.number("SELECT count(*) FROM refresh_tokens"), "one exchange a round");
        assertEquals(0, words.number("SELECT count(*) FROM token_blacklist"));
    }

    @Test
    void the_token_just_replaced_is_good_for_thirty_seconds_and_then_ends_its_family() {
        String token = first();
        String second = next(refreshed(here, token));
        here.moved = Duration.ofSeconds(29);
        assertEquals(second, next(refreshed(here, token)));

        here.moved = Duration.ofSeconds(31);
        assertInstanceOf(Refused.class, refresh(here, token));
        assertInstanceOf(Refused.class, refresh(here, second));
        assertEquals("reuso", words.text("SELECT razon FROM token_blacklist"));
    }

    @Test
    void a_token_whose_next_one_was_used_already_gets_an_answer_that_replaces_no_cookie() {
        String token = first();
        String third = next(refreshed(here, next(refreshed(here, token))));

        Refreshed late = refreshed(there, token);
        assertEquals("", next(late));
        assertTrue(there.letsIn(late.tokens()));
        refreshed(here, third);
    }

    @Test
    void the_strict_call_takes_no_token_twice() {
        String token = first();
        String second = next(refreshed(here, token));

        assertInstanceOf(RefreshOutcome.Refused.class, here.refresh(token));
        assertInstanceOf(Refused.class, refresh(here, second));
    }

    @Test
    void an_instance_with_another_secret_answers_too_without_a_cookie() {
        String token = first();
        String second = next(refreshed(here, token));
        try (var elsewhere = new Instance(target, folder.resolve("b"))) {
            assertEquals("", next(refreshed(elsewhere, token)));
            assertFalse(next(refreshed(elsewhere, second)).isEmpty());
        }
    }

    @Test
    void nobody_knows_the_next_token_from_the_table_and_the_one_before() {
        String token = first();
        String second = next(refreshed(here, token));
        String jti = words.text("SELECT jti FROM refresh_tokens ORDER BY id DESC LIMIT 1");
        var stranger = new ShopSecret(
                here.database, DatabaseClock.REAL, Optional.empty(), folder.resolve("ajeno"), KeyDerivation.JDK);
        stranger.makeReady();

        assertNotEquals(
                second, Base64.getUrlEncoder().withoutPadding().encodeToString(stranger.hash("refresh", token, jti)));
    }

    @Test
    void who_logged_out_or_was_deactivated_gets_no_answer_in_the_thirty_seconds_either() {
        String token = first();
        refreshed(here, token);
        words.sql("UPDATE auth_user SET is_active = false");
        assertInstanceOf(Refused.class, refresh(here, token));
        words.sql("UPDATE auth_user SET is_active = true");
        refreshed(here, token);

        there.accounts.logOutBrowser(token, CLIENT);
        assertInstanceOf(Refused.class, refresh(here, token));
        assertEquals("logout", words.text("SELECT razon FROM token_blacklist"));
        there.accounts.logOutBrowser("nadie", CLIENT);
    }

    @Test
    void the_answer_greets_by_the_full_name_or_else_by_the_username() {
        Refreshed answer = refreshed(here, first());
        assertEquals("ale", answer.holder().name());
        words.sql("UPDATE auth_user SET first_name = 'Alejandra', last_name = 'Ñúñez'");
        assertEquals("Alejandra Ñúñez", refreshed(here, next(answer)).holder().name());
        assertEquals("ale@example.com", answer.holder().email());
        assertEquals(Role.CLIENTE, answer.holder().role());
    }
}
