package com.electroisla.pages.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example/",
                "https://evil.example/",
                "/\\evil.example",
                "\\\\evil.example",
                "javascript:alert(1)",
                "evil.example",
                " /a",
                "/\t/evil.example",
                "/\r\nSet-Cookie: a=b",
                "/%0d%0aSet-Cookie:%20a=b",
                "/%0D%0A",
                "/a?x=%00",
                "/%2f/evil.example",
                "/%2Fevil.example",
                "/%5cevil.example",
                "/.//evil.example",
                "/a/..//evil.example",
                "/../",
                "/a/%2e%2e/b",
                "/./a",
                "/a//b",
                "/\u0000",
                "/\ud800"
            })
    void what_leads_elsewhere_or_breaks_a_header_is_not_followed(String wanted) {
        assertEquals("/carrito/", LocalPath.of(wanted, "/carrito/"));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "/ | /",
                "/admin/?x=1&y=%2F | /admin/?x=1&y=%2F",
                "/<script> | /%3Cscript%3E",
                "/a b | /a%20b",
                "/?q=año | /?q=a%C3%B1o",
                "/?a=[1]{2}|3^`\"' | /?a=%5B1%5D%7B2%7D%7C3%5E%60%22'",
                "/a#b | /a#b",
                "/a#b#c | /a#b%23c",
                "/100% | /100%25",
                "/?x=%zz | /?x=%25zz",
                "/%C3%B1 | /%C3%B1",
                "/😀 | /%F0%9F%98%80",
                "/?next=//evil.example | /?next=//evil.example"
            },
            delimiterString = " | ",
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '\u0001')
    void a_place_of_ours_is_followed_and_well_encoded(String wanted, String followed) {
        assertEquals(followed, LocalPath.of(wanted, "/carrito/"));
        URI.create(followed);
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 100_000})
    void what_is_too_long_is_not_followed(int length) {
        assertEquals("/", LocalPath.of("/" + "a".repeat(length - 1), "/"));
    }
}
