package com.electroisla.accounts;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a password is easy to guess: too short, on the list of common ones, a run of keys, a repeated text, or the
 * user's own name. Only new passwords are checked; an existing one keeps working.
 *
 * <p>Case, accents and the usual substitutions (P@ssw0rd, password2026!) make no difference: attackers try them all.
 */
final class PasswordRules {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    /** Django's UserAttributeSimilarityValidator.max_similarity. */
    private static final double TOO_SIMILAR = 0.7;

    /** The shortest name that is looked for; shorter ones occur in many passwords by chance. */
    private static final int SHORTEST_NAME = 4;

    private static final String SHOP = "electroisla";

    private PasswordRules() {}

    static Optional<Unfit> problem(String username, String email, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            return refused("clave_largo", SHORTEST, LONGEST);
        }
        if (password.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            return refused("campo_tipo");
        }
        if (password.codePoints().allMatch(Character::isDigit)) {
            return refused("clave_numerica");
        }
        String folded = fold(password);
        if (isSaidAgain(folded)) {
            return refused("clave_repetida");
        }
        if (isCommon(folded)) {
            return refused("clave_comun");
        }
        if (GuessableRuns.leaveNothing(folded)) {
            return refused("clave_seguida");
        }
        if (lettersAndDigits(folded).contains(SHOP)) {
            return refused("clave_tienda");
        }
        return isTheirs(folded, username, email) ? refused("clave_parecida") : Optional.empty();
    }

    private static Optional<Unfit> refused(String why, Integer... bounds) {
        return Optional.of(Unfit.of("password", why, bounds));
    }

    /** The text in lower case and without accents. */
    private static String fold(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "");
    }

    /** Whether the text repeats a part that is too short to be a password, or a common one twice. */
    private static boolean isSaidAgain(String folded) {
        return Stream.of(folded, withoutTail(folded))
                .filter(text -> text.length() >= 4)
                .anyMatch(text -> {
                    int part = shortestPart(text);
                    return part < text.length() && (part < SHORTEST || isCommon(text.substring(0, part)));
                });
    }

    /**
     * The length of the shortest part that makes up the text when repeated at least twice; the whole length if none
     * does.
     */
    private static int shortestPart(String text) {
        for (int part = 1; part <= text.length() / 2; part++) {
            if (text.startsWith(text.substring(0, text.length() - part), part)) {
                return part;
            }
        }
        return text.length();
    }

    private static boolean isCommon(String folded) {
        String core = withoutTail(withoutHead(folded));
        return Stream.of(folded, withoutTail(folded), withoutHead(folded), core)
                .flatMap(text -> Stream.of(text, undisguised(text), lettersAndDigits(text)))
                .filter(text -> text.length() >= 4)
                .anyMatch(CommonPasswords::contain);
    }

    /** The text without digits and symbols at its end, which people add because a rule asks for them. */
    private static String withoutTail(String folded) {
        return folded.replaceAll("[^\\p{L}]+$", "");
    }

    private static String withoutHead(String folded) {
        return folded.replaceAll("^[^\\p{L}]+", "");
    }

    private static String lettersAndDigits(String folded) {
        return folded.replaceAll("[^\\p{L}\\p{Nd}]+", "");
    }

    /** The text with letters in place of the digits and symbols that stand for them. */
    private static String undisguised(String folded) {
        var letters = new StringBuilder(folded.length());
        folded.chars()
                .forEach(sign -> letters.append(
                        switch (sign) {
                            case '@', '4' -> 'a';
                            case '0' -> 'o';
                            case '1', '!' -> 'i';
                            case '3' -> 'e';
                            case '$', '5' -> 's';
                            case '7' -> 't';
                            default -> (char) sign;
                        }));
        return letters.toString();
    }

    private static boolean isTheirs(String folded, String username, String email) {
        String mailbox = email.substring(0, Math.max(0, email.indexOf('@')));
        return List.of(username, mailbox, email).stream()
                .map(PasswordRules::fold)
                .anyMatch(theirs ->
                        theirs.length() >= SHORTEST_NAME && folded.contains(theirs) || tooSimilar(folded, theirs));
    }

    /** Twice the longest common subsequence over both lengths: 1 for equal texts, 0 for nothing in common. */
    private static boolean tooSimilar(String password, String other) {
        int[] row = new int[other.length() + 1];
        for (int i = 0; i < password.length(); i++) {
            int diagonal = 0;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                boolean same = password.charAt(i) == other.charAt(j - 1);
                row[j] = same ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return 2.0 * row[other.length()] / (password.length() + other.length()) >= TOO_SIMILAR;
    }
}
