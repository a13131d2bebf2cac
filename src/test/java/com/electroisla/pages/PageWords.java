package com.electroisla.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.http.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds texts on a page that are in the wrong language. */
public final class PageWords {
    private static final List<String> AREAS = List.of("pages", "shopfront", "admin");
    private static final Set<String> SPANISH = texts("textos.properties");
    private static final Set<String> ENGLISH = texts("textos_en.properties");

    private PageWords() {}

    /** Asserts that the present page declares this language, and contains no text of ours in the other one. */
    public static void assertSpeaks(Browser browser, Language language) {
        assertSpeaks(browser.pieces(), language, browser.at());
    }

    /** Asserts the same of the result of {@link Browser#pieces}. */
    public static void assertSpeaks(List<String> pieces, Language language, String where) {
        boolean english = language == Language.ENGLISH;
        assertEquals(english ? "en" : "es", pieces.getFirst(), where);
        Set<String> foreign = new TreeSet<>(english ? SPANISH : ENGLISH);
        foreign.removeAll(english ? ENGLISH : SPANISH);
        foreign.retainAll(Set.copyOf(pieces));
        assertEquals(Set.of(), foreign, where);
    }

    /** The texts of a bundle that are shown unchanged. */
    private static Set<String> texts(String bundle) {
        return AREAS.stream()
                .flatMap(area -> load("/com/electroisla/" + area + "/" + bundle).values().stream())
                .map(Object::toString)
                .filter(text -> !text.contains("{"))
                .map(text -> text.replace("''", "'"))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Properties load(String resource) {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(PageWords.class.getResourceAsStream(resource)), StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
