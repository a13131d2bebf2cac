package com.electroisla.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {
    private static final Pattern HOLE = Pattern.compile("\\{(\\d)");

    @Test
    void both_languages_have_the_same_keys_with_the_same_holes() throws IOException {
        Properties spanish = bundle("mensajes.properties");
        Properties english = bundle("mensajes_en.properties");
        assertEquals(new TreeSet<>(spanish.stringPropertyNames()), new TreeSet<>(english.stringPropertyNames()));
        for (String key : spanish.stringPropertyNames()) {
            assertEquals(holes(spanish.getProperty(key)), holes(english.getProperty(key)), key);
            assertFalse(spanish.getProperty(key).isBlank(), key);
            assertFalse(english.getProperty(key).isBlank(), key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_refusal_has_words_in_both_languages(ErrorCode code) {
        for (Language language : Language.values()) {
            assertFalse(Messages.get(language, code.name(), "a", "b").isBlank());
        }
        assertTrue(code.code().matches("[a-z][a-z_]*"), code.code());
        assertTrue(code.status() >= 400 && code.status() < 600);
    }

    @Test
    void every_refusal_and_every_text_is_used() throws IOException {
        String code;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            code = files.filter(file -> file.toString().endsWith(".java"))
                    .map(MessagesTest::read)
                    .collect(Collectors.joining());
        }
        Set<String> refusals = Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toSet());
        for (String key : bundle("mensajes.properties").stringPropertyNames()) {
            String use = refusals.contains(key) ? "ErrorCode\\." + key + "\\b" : "\"" + key + "\"";
            assertTrue(Pattern.compile(use).matcher(code).find(), key);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static TreeSet<String> holes(String text) {
        return new TreeSet<>(
                HOLE.matcher(text).results().map(match -> match.group(1)).toList());
    }

    private static Properties bundle(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(Messages.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
