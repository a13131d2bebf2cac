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
    static final String WHO = "quien";
    static final String ROLE = "rol";
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

    /** Tells the owner of an account that its password is another one now. */
    public static Letter passwordChanged(String recipient, Locale language, String name, String key) {
        return of(LetterKind.PASSWORD_CHANGED, recipient, language, Map.of(NAME, greeting(name)), key);
    }

    /**
     * A link with which somebody whom an admin invites opens an account of their own.
     *
     * @param who the admin's name
     * @param role the word of the role, such as {@code trabajador}
     * @param token what the link opens with
     */
    public static Letter invitation(
            String recipient, Locale language, String who, String role, String token, Instant until, String key) {
        return new Letter(
                LetterKind.INVITATION,
                recipient,
                language,
                Map.of(WHO, greeting(who), ROLE, role, CODE, token),
                key,
                Optional.of(until));
    }

    /** A link with which the owner of an account chooses a new password, sent by an admin. */
    public static Letter resetLink(
            String recipient, Locale language, String name, String token, Instant until, String key) {
        return withCode(LetterKind.RESET_LINK, recipient, language, name, token, until, key);
    }

    /** A link that makes this address the account's, for its signed-in owner. */
    public static Letter emailChange(
            String recipient, Locale language, String name, String token, Instant until, String key) {
        return withCode(LetterKind.EMAIL_CHANGE, recipient, language, name, token, until, key);
    }

    /** Tells the account's present address that another one is asked for. */
    public static Letter emailChangeAsked(String recipient, Locale language, String name, String key) {
        return of(LetterKind.EMAIL_CHANGE_ASKED, recipient, language, Map.of(NAME, greeting(name)), key);
    }

    /** Tells the address that was the account's that it is not any more. */
    public static Letter emailChanged(String recipient, Locale language, String name, String key) {
        return of(LetterKind.EMAIL_CHANGED, recipient, language, Map.of(NAME, greeting(name)), key);
    }

    /** Tells the owner of an account that signing in asks for a second factor now, or does not any more. */
    public static Letter secondFactor(String recipient, Locale language, String name, boolean on, String key) {
        LetterKind kind = on ? LetterKind.SECOND_FACTOR_ON : LetterKind.SECOND_FACTOR_OFF;
        return of(kind, recipient, language, Map.of(NAME, greeting(name)), key);
    }

    /** Tells somebody that their account is deleted. */
    public static Letter accountDeleted(String recipient, Locale language, String name, String key) {
        return of(LetterKind.ACCOUNT_DELETED, recipient, language, Map.of(NAME, greeting(name)), key);
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
