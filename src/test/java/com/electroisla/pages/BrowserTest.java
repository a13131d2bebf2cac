package com.electroisla.pages;

import com.electroisla.ShopWords;
import com.electroisla.accounts.Role;
import com.electroisla.http.server.ServerTest;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A {@link ServerTest} with a browser before it, and a clock that stands until it is moved. A class that extends this
 * carries {@code @QuarkusTest} itself. After each test the page must not have complained, so the strict
 * Content-Security-Policy is tested by everything.
 */
public abstract class BrowserTest extends ServerTest {
    protected static final String PASSWORD = "isla.Bonita7";

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
        return shop.accounts().manage().create(username, username + "@example.com", PASSWORD, role).orElseThrow().id();
    }

    /** A new account of this role, signed in to the admin. */
    protected int staff(String username, Role role) {
        int id = account(username, role);
        browser.signIn("/admin/login/", username, PASSWORD);
        return id;
    }
}
