package com.electroisla.accounts;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for a username, an e-mail address and a password, the same as those of Django's validators. */
final class AccountRules {
    static final int LONGEST_USERNAME = 150;
    private static final int LONGEST_EMAIL = 254;

    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}_.@+-]+");
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+[\\p{L}][\\p{L}\\p{N}-]{0,61}"
                    + "[\\p{L}\\p{N}]");

    private AccountRules() {}

    /** A username as it is stored and looked up: Unicode's NFKC, as Django's forms do. */
    static String normalise(String username) {
        return Normalizer.normalize(username, Normalizer.Form.NFKC);
    }

    /** The first problem of a new account. The username is normalised already. */
    static Optional<Unfit> problem(String username, String email, String password) {
        return usernameProblem(username)
                .or(() -> emailProblem(email))
                .or(() -> passwordProblem(username, email, password));
    }

    static Optional<Unfit> usernameProblem(String username) {
        if (username.isEmpty()) {
            return Optional.of(Unfit.of("username", "campo_obligatorio"));
        }
        if (username.codePointCount(0, username.length()) > LONGEST_USERNAME) {
            return Optional.of(Unfit.of("username", "campo_largo", LONGEST_USERNAME));
        }
        return USERNAME.matcher(username).matches()
                ? Optional.empty()
                : Optional.of(Unfit.of("username", "usuario_caracteres"));
    }

    static Optional<Unfit> emailProblem(String email) {
        if (email.isEmpty()) {
            return Optional.of(Unfit.of("email", "campo_obligatorio"));
        }
        if (email.codePointCount(0, email.length()) > LONGEST_EMAIL) {
            return Optional.of(Unfit.of("email", "campo_largo", LONGEST_EMAIL));
        }
        return EMAIL.matcher(email).matches() ? Optional.empty() : Optional.of(Unfit.of("email", "correo_invalido"));
    }

    static Optional<Unfit> passwordProblem(String username, String email, String password) {
        return PasswordRules.problem(username, email, password);
    }
}
