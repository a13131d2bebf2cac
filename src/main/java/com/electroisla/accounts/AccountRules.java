package com.electroisla.accounts;

import com.electroisla.http.Problem;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a name, an address and a password must be like, as Django's validators have it. */
final class AccountRules {
    static final int LONGEST_USERNAME = 150;
    private static final int LONGEST_EMAIL = 254;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;

    /** Django's UserAttributeSimilarityValidator.max_similarity. */
    private static final double TOO_SIMILAR = 0.7;

    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}_.@+-]+");
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+[\\p{L}][\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}]");

    /** The commonest ones that the other rules let through. */
    private static final Set<String> COMMON = Set.of(
            "password", "password1", "password12", "password123", "password!", "passw0rd", "p@ssw0rd", "p@ssword",
            "contraseña", "contraseña1", "contraseña123", "contrasena", "contrasena1", "contrasena123", "qwertyui",
            "qwertyuiop", "qwerty12", "qwerty123", "qwerty1234", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "q1w2e3r4",
            "asdfghjkl", "asdf1234", "zxcvbnm1", "abcd1234", "abc12345", "a1b2c3d4", "aa123456", "iloveyou", "iloveyou1",
            "teamo123", "tequiero", "tequiero1", "princesa", "princess", "sunshine", "football", "futbol123", "baseball",
            "superman", "batman123", "dragon123", "letmein1", "welcome1", "welcome123", "bienvenido", "admin123",
            "admin1234", "administrador", "administrator", "trustno1", "whatever", "computer", "internet", "michelle",
            "electroisla", "electroisla1", "estrella", "mariposa", "cuba2020", "changeme", "cambiame", "default1");

    private AccountRules() {}

    /** A username as it is stored and looked up: Unicode's NFKC, as Django's forms do. */
    static String normalise(String username) {
        return Normalizer.normalize(username, Normalizer.Form.NFKC);
    }

    /** What is wrong with a new account, first things first. The username is normalised already. */
    static Optional<Problem> problem(String username, String email, String password) {
        return usernameProblem(username)
                .or(() -> emailProblem(email))
                .or(() -> passwordProblem(username, email, password));
    }

    static Optional<Problem> usernameProblem(String username) {
        if (username.isEmpty()) {
            return Optional.of(Problem.invalidField("username", "campo_obligatorio"));
        }
        if (username.codePointCount(0, username.length()) > LONGEST_USERNAME) {
            return Optional.of(Problem.invalidField("username", "campo_largo", LONGEST_USERNAME));
        }
        return USERNAME.matcher(username).matches()
                ? Optional.empty()
                : Optional.of(Problem.invalidField("username", "usuario_caracteres"));
    }

    static Optional<Problem> emailProblem(String email) {
        if (email.isEmpty()) {
            return Optional.of(Problem.invalidField("email", "campo_obligatorio"));
        }
        if (email.codePointCount(0, email.length()) > LONGEST_EMAIL) {
            return Optional.of(Problem.invalidField("email", "campo_largo", LONGEST_EMAIL));
        }
        return EMAIL.matcher(email).matches() ? Optional.empty() : Optional.of(Problem.invalidField("email", "correo_invalido"));
    }

    static Optional<Problem> passwordProblem(String username, String email, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            return Optional.of(Problem.invalidField("password", "clave_largo", SHORTEST_PASSWORD, LONGEST_PASSWORD));
        }
        if (password.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            return Optional.of(Problem.invalidField("password", "campo_tipo"));
        }
        if (password.codePoints().allMatch(Character::isDigit)) {
            return Optional.of(Problem.invalidField("password", "clave_numerica"));
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (COMMON.contains(lower)) {
            return Optional.of(Problem.invalidField("password", "clave_comun"));
        }
        String mailbox = email.substring(0, Math.max(0, email.indexOf('@')));
        if (tooSimilar(lower, username) || tooSimilar(lower, mailbox) || tooSimilar(lower, email)) {
            return Optional.of(Problem.invalidField("password", "clave_parecida"));
        }
        return Optional.empty();
    }

    /** Twice the longest common subsequence over both lengths: 1 for equal texts, 0 for nothing in common. */
    private static boolean tooSimilar(String lowerPassword, String other) {
        String lower = other.toLowerCase(Locale.ROOT);
        int[] row = new int[lower.length() + 1];
        for (int i = 0; i < lowerPassword.length(); i++) {
            int diagonal = 0;
            for (int j = 1; j <= lower.length(); j++) {
                int above = row[j];
                boolean same = lowerPassword.charAt(i) == lower.charAt(j - 1);
                row[j] = same ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return 2.0 * row[lower.length()] / (lowerPassword.length() + lower.length()) >= TOO_SIMILAR;
    }
}
