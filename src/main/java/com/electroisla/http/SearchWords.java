package com.electroisla.http;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words of a search: in every listing each of them must be found, in any order, whatever the case, the accents and
 * the blanks between them. The searched columns are up to the statement.
 *
 * @param words each once, in the order they were typed; empty: no search
 */
public record SearchWords(List<String> words) {
    private static final int LONGEST = 200;
    private static final int MOST = 20;
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\p{Cc}\\u200B\\uFEFF]+");

    /**
     * The words of a typed text; control characters count as blanks.
     *
     * @param field the parameter's name for a refusal
     * @throws ProblemException 400 for more words than could match
     */
    public static SearchWords of(String field, @Nullable String text) {
        if (text == null) {
            return new SearchWords(List.of());
        }
        if (text.length() > LONGEST) {
            throw Problem.invalidField(field, "campo_largo", LONGEST).exception();
        }
        List<String> words = BLANKS.splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() > MOST) {
            throw Problem.invalidField(field, "campo_palabras", MOST).exception();
        }
        return new SearchWords(words);
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** The words as a text to be typed. */
    public String text() {
        return words.stream().collect(Collectors.joining(" "));
    }
}
