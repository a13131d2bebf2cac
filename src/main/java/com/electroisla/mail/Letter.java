package com.electroisla.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A letter to be written.
 *
 * @param language of the reader; whatever is not English is Spanish
 * @param values for the text, as JSON has them, in the shop's words
 * @param key tells a letter from a repetition of it, for as long as the letter is kept
 * @param until the end of its use, for a letter with a code; empty for the others, which are tried for three days
 */
public record Letter(
        LetterKind kind,
        String recipient,
        Locale language,
        Map<String, Object> values,
        String key,
        Optional<Instant> until) {
    /** The value with the code, which is blanked when it is of no use any more. */
    static final String CODE = "codigo";

    static final String NAME = "nombre";
    private static final int LONGEST_RECIPIENT = 254;
    private static final int LONGEST_GREETING = 40;
    private static final int LONGEST_KEY = 200;
    private static final Duration TRIED = Duration.ofDays(3);

    public Letter {
        if (!isAddress(recipient)) {
            throw new IllegalArgumentException("no address to write to");
        }
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("no key of a letter: " + key);
        }
        values = Map.copyOf(values);
    }

    /** The code that confirms a registration. */
    public static Letter signUpCode(
            String recipient, Locale language, String name, String code, Instant until, String key) {
        return withCode(LetterKind.SIGN_UP_CODE, recipient, language, name, code, until, key);
    }

    /** The code with which a forgotten password is replaced. */
    public static Letter recoveryCode(
            String recipient, Locale language, String name, String code, Instant until, String key) {
        return withCode(LetterKind.RECOVERY_CODE, recipient, language, name, code, until, key);
    }

    /** Tells the owner of an account that somebody tried to register with its address. */
    public static Letter accountExists(String recipient, Locale language, String name, String key) {
        return of(LetterKind.ACCOUNT_EXISTS, recipient, language, Map.of(NAME, greeting(name)), key);
    }

    static Letter of(LetterKind kind, String recipient, Locale language, Map<String, Object> values, String key) {
        return new Letter(kind, recipient, language, values, key, Optional.empty());
    }

    private static Letter withCode(
            LetterKind kind, String recipient, Locale language, String name, String code, Instant until, String key) {
        return new Letter(kind, recipient, language, Map.of(NAME, greeting(name), CODE, code), key, Optional.of(until));
    }

    /**
     * The name by which a letter greets. Anybody may have a letter sent to anybody, under a name of their choice: so
     * the name ends where it could become a link.
     */
    static String greeting(String name) {
        String beginning = name.split("[.@/:]", 2)[0];
        int length = Math.min(LONGEST_GREETING, beginning.codePointCount(0, beginning.length()));
        return beginning.substring(0, beginning.offsetByCodePoints(0, length));
    }

    /** Whether a letter can be written to it: one address without blanks, which the mail server judges further. */
    static boolean isAddress(String text) {
        return text.length() <= LONGEST_RECIPIENT
                && text.indexOf('@') > 0
                && text.indexOf('@') < text.length() - 1
                && text.chars().noneMatch(each -> each <= ' ' || each == 0x7f || "<>,;:\"\\()".indexOf(each) >= 0);
    }

    /** Without the values, of which one may be a code. */
    @Override
    public String toString() {
        return kind + " " + key;
    }

    Instant lapsesAt(Instant now) {
        return until.orElse(now.plus(TRIED));
    }

    static Instant lapsesAnew(Instant now) {
        return now.plus(TRIED);
    }

    /** {@code es} or {@code en}. */
    String languageWord() {
        return language.getLanguage().equals("en") ? "en" : "es";
    }
}
