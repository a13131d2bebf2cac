package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    /** Long enough, and on every list of common passwords; many of them with the digits that a rule once required. */
    private static final List<String> COMMONEST = List.of(
            "password",
            "password1",
            "Password123",
            "P@ssw0rd",
            "pa$$word1",
            "qwertyuiop",
            "qwerty123",
            "Qwerty12345",
            "1q2w3e4r",
            "1q2w3e4r5t",
            "1qaz2wsx",
            "1qaz2wsx3edc",
            "zaq12wsx",
            "q1w2e3r4",
            "asdfghjkl",
            "zxcvbnm1",
            "abc12345",
            "abcd1234",
            "a1b2c3d4",
            "aa123456",
            "iloveyou",
            "iloveyou1",
            "princess1",
            "sunshine",
            "football1",
            "baseball",
            "superman1",
            "trustno1",
            "starwars",
            "welcome1",
            "letmein123",
            "admin123",
            "admin2026",
            "Administrator1",
            "changeme",
            "dragon123",
            "monkey12",
            "michael1",
            "jordan23",
            "pokemon1",
            "contraseña",
            "Contraseña1",
            "contrasena123",
            "tequiero1",
            "teamo123",
            "mariposa",
            "estrella1",
            "barcelona1",
            "realmadrid",
            "alejandro1",
            "jesucristo",
            "diosesamor",
            "usuario123",
            "cliente2026",
            "prueba123",
            "verano2026",
            "dominicana1",
            "quisqueya",
            "maria1985",
            "hola1234");

    @Test
    void none_of_the_commonest_passwords_is_taken_whatever_its_case() {
        List<String> taken = COMMONEST.stream()
                .flatMap(password -> Stream.of(password, password.toUpperCase(java.util.Locale.ROOT)))
                .filter(password -> problem("zoe", "zoe@example.com", password).isEmpty())
                .toList();

        assertEquals(List.of(), taken);
    }

    @Test
    void the_list_is_a_real_one() {
        assertTrue(Stream.of("ncc1701d", "tinkerbell", "thx1138", "bigdaddy", "jennifer")
                .allMatch(CommonPasswords::contain));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aaaaaaaa", "abcabcabc", "Ab1Ab1Ab1", "xyxyxyxy!", "ñoñoñoño", "mnbmnb99", "passwordpassword"})
    void something_said_again_and_again_is_refused(String password) {
        assertEquals("repite lo mismo", reason(password).substring(0, 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcdefgh",
                "hgfedcba",
                "ABCDEFGHI",
                "poiuytre",
                "lkjhgfds",
                "uiop7890",
                "wxyz9876",
                "fghj4321",
                "bbbbcccc",
                "6yhn7ujm8"
            })
    void a_run_of_letters_digits_or_keys_is_refused_in_either_direction(String password) {
        assertTrue(
                reason(password).matches("(es una serie|es demasiado común).*"),
                () -> password + ": " + reason(password));
    }

    @ParameterizedTest
    @CsvSource({
        "xx-marisela-xx, parece",
        "MARISELA.77.xk, parece",
        "kv.buzonazo.vk, parece",
        "mi-electro-isla, tienda",
        "XvElectroIsla9, tienda",
        "la_electro.isla_7, tienda"
    })
    void the_persons_own_name_their_address_and_the_shops_name_are_refused_inside(String password, String why) {
        String reason = problem("marisela", "buzonazo@example.com", password)
                .orElseThrow()
                .message(Language.SPANISH);

        assertTrue(reason.contains(why), reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Isla#verde7",
                "Otra#clave9",
                "cuatro gatos bajo el sol",
                "tr0mp3t-lunar",
                "x7#Kp2vQ",
                "correcthorsebatterystaple",
                "Zt9!mlqa",
                "ñandú-con-botas"
            })
    void a_password_that_nobody_tries_first_is_taken(String password) {
        assertEquals(
                "",
                problem("zoe", "zoe@example.com", password)
                        .map(each -> each.message(Language.SPANISH))
                        .orElse(""));
    }

    @Test
    void the_reason_is_told_in_english_too() {
        assertTrue(problem("zoe", "zoe@example.com", "xyxyxyxy")
                .orElseThrow()
                .message(Language.ENGLISH)
                .contains("again and again"));
    }

    private static String reason(String password) {
        String message = problem("zoe", "zoe@example.com", password)
                .orElseThrow(() -> new AssertionError(password))
                .message(Language.SPANISH);
        return message.substring(message.indexOf(": ") + 2);
    }

    private static java.util.Optional<Problem> problem(String username, String email, String password) {
        return PasswordRules.problem(username, email, password)
                .map(unfit -> Problem.invalidField(
                        unfit.field(), unfit.reason(), unfit.bounds().toArray()));
    }
}
