package com.electroisla.pages;

import com.electroisla.ShopWords;
import com.electroisla.accounts.Role;
import com.electroisla.http.server.ServerTest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A {@link ServerTest} with a browser and a stopped clock. A class that extends this carries {@code @QuarkusTest}
 * itself. After each test the browser's console must be empty, so every test checks the strict
 * Content-Security-Policy.
 */
public abstract class BrowserTest extends ServerTest {
    protected static final String PASSWORD = "isla.Bonita7";

    private final AtomicInteger sessions = new AtomicInteger();

    protected Browser browser;
    protected ShopWords given;

    @BeforeAll
    void stop_the_clock() {
        given = fixture;
        clock.stopAt(Instant.parse("2026-03-01T12:00:00Z"));
    }

    @BeforeEach
    void open_the_browser() {
        browser = Browser.at(address());
        browser.complaints();
    }

    @AfterEach
    void the_page_complained_of_nothing() {
        Assertions.assertEquals(java.util.List.of(), browser.complaints());
    }

    /** A new account that can sign in with {@link #PASSWORD}. */
    protected int account(String username, Role role) {
        return shop.accounts()
                .manage()
                .create(username, username + "@example.com", PASSWORD, role)
                .orElseThrow()
                .id();
    }

    /** A new account without a password, signed in without the cost of a login. */
    protected int enter(String username, Role role) {
        int id = person(username, role);
        become(id);
        return id;
    }

    /** A new account without a password. */
    protected int person(String username, Role role) {
        int id = (int) given.number("""
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                VALUES ('!', false, ?, '', '', ?, false, true, now()) RETURNING id
                """, username, username + "@example.com");
        given.sql(
                "INSERT INTO user_profiles (rol, created_at, updated_at, user_id) VALUES (?, now(), now(), ?)",
                role.text(),
                id);
        return id;
    }

    /** Signs the browser in as this user. */
    protected void become(int user) {
        browser.forget();
        String token = "prueba" + user + "-" + sessions.incrementAndGet();
        given.sql("""
                INSERT INTO sesiones_web (huella, usuario_id, created_at, ultimo_uso, expires_at, ip_address)
                VALUES (sha256(convert_to(?, 'UTF8')), ?, ?, ?, ?, '127.0.0.1')
                """, token, user, now(), now(), now().plusDays(7));
        browser.cookie("electro_isla_sesion", token);
    }

    private OffsetDateTime now() {
        return clock.present().atOffset(ZoneOffset.UTC);
    }
}
