package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"ale", "josé", "Ñandú_99", "a@b.c+d-e_f", "李雷", "1"})
    void a_name_that_django_takes_is_taken(String username) {
        assertEquals("", fieldOf(username, "a@example.com", "Isla#verde7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "a/b", "<script>", "a'--", "😀", "a\tb", " ale", "\ud800"})
    void a_name_that_django_refuses_is_refused(String username) {
        assertEquals("username", fieldOf(username, "a@example.com", "Isla#verde7"));
    }

    @Test
    void a_name_has_150_characters_at_most_and_a_character_is_not_a_char() {
        assertEquals("", fieldOf("a".repeat(150), "a@example.com", "Isla#verde7"));
        assertEquals("username", fieldOf("a".repeat(151), "a@example.com", "Isla#verde7"));
        assertEquals("", fieldOf("𝕏".repeat(150), "a@example.com", "Isla#verde7"));
    }

    @Test
    void names_that_look_alike_in_compatibility_forms_are_one_name() {
        assertEquals("ale", AccountRules.normalise("ａｌｅ"));
        assertEquals("jos\u00e9", AccountRules.normalise("jose\u0301"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ale",
                "@",
                "a@",
                "@b.cu",
                "a@b",
                "a b@c.cu",
                "a@b..cu",
                "a@-b.cu",
                "a@b.c",
                "a@b.cu\n",
                "a@@b.cu"
            })
    void an_address_that_cannot_be_one_is_refused(String email) {
        assertEquals("email", fieldOf("ale", email, "Isla#verde7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.cu", "ale.perez+tienda@correo.example.com", "o'neil@example.com", "a@ñandú.example"})
    void a_plausible_address_is_taken(String email) {
        assertEquals("", fieldOf("ale", email, "Isla#verde7"));
    }

    @Test
    void an_address_has_254_characters_at_most() {
        String host = "@" + "b".repeat(60) + ".example.com";
        assertEquals("", fieldOf("ale", "a".repeat(254 - host.length()) + host, "Isla#verde7"));
        assertEquals("email", fieldOf("ale", "a".repeat(255 - host.length()) + host, "Isla#verde7"));
    }

    @ParameterizedTest
    @CsvSource({
        "1234567, clave_largo", "corta, clave_largo", "12345678901, clave_numerica", "٠١٢٣٤٥٦٧٨٩, clave_numerica",
        "Contraseña123, clave_comun", "PASSWORD, clave_comun", "cliente.uno, clave_parecida",
                "Cliente.Uno1, clave_parecida",
        "buzon-mio9, clave_parecida"
    })
    void an_unwise_password_is_refused_with_the_reason(String password, String reason) {
        Unfit unfit = AccountRules.problem("cliente.uno", "buzon-mio@example.com", password)
                .orElseThrow();

        assertEquals(new Unfit("password", reason, reason.equals("clave_largo") ? List.of(8, 128) : List.of()), unfit);
    }

    @Test
    void a_password_has_128_characters_at_most_and_must_be_text() {
        assertEquals("", fieldOf("ale", "a@example.com", "Isla#v7 ".repeat(16)));
        assertEquals("password", fieldOf("ale", "a@example.com", "Isla#v7 ".repeat(16) + "x"));
        assertEquals("password", fieldOf("ale", "a@example.com", "Isla#verde\udc00"));
    }

    private static String fieldOf(String username, String email, String password) {
        return AccountRules.problem(username, email, password)
                .map(problem -> problem.field())
                .orElse("");
    }
}
