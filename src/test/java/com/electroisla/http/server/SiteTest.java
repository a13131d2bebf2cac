package com.electroisla.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    private static final List<URI> URLS =
            List.of(URI.create("https://tienda.example"), URI.create("http://[2001:db8::1]:8000"));

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "localhost.", "tienda.localhost", "127.0.0.1", "127.9.9.9", "[::1]"})
    void names_of_this_machine_are_always_answered(String host) {
        assertTrue(Site.answers(host, URLS));
        assertTrue(Site.answers(host, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tienda.example", "Tienda.Example", "tienda.example.", "[2001:DB8::1]"})
    void names_of_the_setting_are_answered(String host) {
        assertTrue(Site.answers(host, URLS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.20", "[fe80::1]", "10.0.0.1"})
    void addresses_are_answered_as_long_as_nothing_is_set(String host) {
        assertTrue(Site.answers(host, List.of()));
        assertFalse(Site.answers(host, URLS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "tienda.example.evil.example",
                "localhost.evil.example",
                "a.tienda.example",
                "127.0.0.1.evil.example",
                "evillocalhost"
            })
    void other_names_are_not(String host) {
        assertFalse(Site.answers(host, URLS));
        assertFalse(Site.answers(host, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "http://tienda.example/carrito/?a=b, tienda.example, /carrito/?a=b",
        "https://TIENDA.example, tienda.example, /",
        "http://tienda.example:80/a, tienda.example:80, /a",
        "http://tienda.example?a=b, tienda.example, /?a=b",
        "https://pagos.example/x, tienda.example, https://pagos.example/x",
        "/a/, tienda.example, /a/",
        "http://tienda.example.evil/a, tienda.example, http://tienda.example.evil/a"
    })
    void a_redirect_to_ourselves_is_relative_and_one_to_others_stays(String location, String host, String relative) {
        assertEquals(relative, Site.relative(location, host));
    }
}
