package com.electroisla.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A console with the pattern of production, and log lines with hostile texts. */
class HarmlessConsoleTest {
    private static final String HOSTILE = "a\u001b[2J\r\nERROR [x] otra línea\u202e\u009b1A\u0007";
    private static final String SHOWN = "a\\u001b[2J\\u000d\\u000aERROR [x] otra línea\\u202e\\u009b1A\\u0007";

    private final Logger root = Logger.getLogger("");
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private StreamHandler console;

    @BeforeEach
    void a_console() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = HarmlessConsole.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        }
        console =
                new StreamHandler(printed, new PatternFormatter(properties.getProperty("quarkus.log.console.format")));
        console.setEncoding(StandardCharsets.UTF_8.name());
        console.setLevel(Level.ALL);
        root.addHandler(console);
        HarmlessConsole.guard();
    }

    @AfterEach
    void take_it_away() {
        root.removeHandler(console);
    }

    @Test
    void a_message_is_one_line_whatever_it_says_and_guarding_twice_changes_nothing() {
        HarmlessConsole.guard();
        Logger.getLogger("com.electroisla.prueba").log(Level.SEVERE, "usuario={0} 100 %", HOSTILE);
        assertEquals(1, lines().length);
        assertTrue(text().endsWith("usuario=" + SHOWN + " 100 %\n"), this::text);
    }

    @Test
    void a_failure_and_what_caused_it_and_what_it_kept_back_are_shown_with_their_traces() {
        IllegalStateException failure = new IllegalStateException(HOSTILE, new IOException("causa " + HOSTILE));
        failure.addSuppressed(new IllegalArgumentException("callado " + HOSTILE));
        failure.getCause().initCause(failure);
        Logger.getLogger("com.electroisla.prueba").log(Level.SEVERE, "unexpected failure", failure);
        String text = text();
        assertTrue(text.contains("IllegalStateException: " + SHOWN + "\n"), text);
        assertTrue(text.contains("Caused by: java.io.IOException: causa " + SHOWN + "\n"), text);
        assertTrue(text.contains("callado " + SHOWN + "\n"), text);
        assertTrue(text.contains("\tat com.electroisla.logs.HarmlessConsoleTest."), text);
        assertFalse(
                text.chars()
                        .anyMatch(
                                each -> Character.isISOControl(each) && each != '\n' && each != '\t' || each == 0x202e),
                text);
        assertFalse(text.lines().anyMatch(line -> line.startsWith("ERROR [x]")), text);
    }

    private String[] lines() {
        return text().split("\n");
    }

    private String text() {
        console.flush();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
