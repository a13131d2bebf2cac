package com.electroisla.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "8105, http://127.0.0.1:8105/",
        "127.0.0.1:8105, http://127.0.0.1:8105/",
        "[::1]:8105, http://[::1]:8105/",
        "localhost:1, http://localhost:1/",
        "127.0.0.9:65535, http://127.0.0.9:65535/"
    })
    void a_port_and_an_address_are_understood(String text, String url) {
        assertEquals(url, ServerAddress.parse(text).url());
        assertTrue(ServerAddress.parse(text).isLoopback());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "0",
                "65536",
                "-1",
                "x",
                "127.0.0.1",
                "127.0.0.1:",
                ":8000",
                "[::1]",
                "no existe:8000",
                "8000 "
            })
    void anything_else_is_wrong_usage(String text) {
        assertThrows(WrongUsage.class, () -> ServerAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8105", "[::]:8105", "192.0.2.1:8105"})
    void the_demo_is_for_this_machine_only(String text) {
        assertFalse(ServerAddress.parse(text).isLoopback());
        ManageRun run = ManageRun.of(Path.of("target"), Map.of(), "demo", text);
        assertEquals(1, run.code());
        assertTrue(
                run.err().getFirst().contains("solo se sirve en esta máquina"),
                () -> run.err().toString());
    }
}
