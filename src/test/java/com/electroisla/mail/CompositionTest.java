package com.electroisla.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.mail.post.QuteForm;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts of letters, and their form. */
class CompositionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final QuteForm FORM = new QuteForm();

    private static StoredLetter letter(LetterKind kind, String language, Map<String, Object> values) {
        return new StoredLetter(
                1,
                kind,
                "ana@example.com",
                language,
                values,
                LetterState.PENDING,
                NOON,
                NOON.plusSeconds(600),
                NOON,
                0,
                null,
                null);
    }

    private static Map<String, Object> values(LetterKind kind) {
        Map<String, Object> values = new HashMap<>(Map.of("nombre", "Ana <script>1</script>"));
        if (kind.hasCode()) {
            values.put("codigo", "482913");
        } else {
            values.putAll(Map.of(
                    "pedido",
                    4711,
                    "total",
                    "99999999.99",
                    "lineas",
                    List.of(Map.of(
                            "producto",
                            "<script>2</script>",
                            "cantidad",
                            2,
                            "precio",
                            "617.25",
                            "subtotal",
                            "1234.50")),
                    "direccion_entrega",
                    "Tocar \"fuerte\" & <script>3</script>"));
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void every_letter_can_be_read_in_both_languages_and_whatever_a_person_typed_is_text(LetterKind kind) {
        var composition = new Composition(Optional.of(URI.create("https://tienda.example")), ZoneOffset.UTC);
        for (String language : List.of("es", "en")) {
            Document document = composition.document(letter(kind, language, values(kind)));
            String html = FORM.html(document);
            assertTrue(html.contains("<html lang=\"" + language + "\">"));
            assertFalse(html.contains("<script"), html);
            assertTrue(html.contains("Ana &lt;script&gt;1"), html);
            assertTrue(FORM.text(document).contains("Ana <script>1"));
            for (String text : List.of(document.subject(), html, FORM.text(document))) {
                assertFalse(text.contains("{") && !text.equals(html), text);
                assertFalse(text.contains("{d."), text);
            }
            assertFalse(document.subject().contains("\n"));
            assertEquals(kind.hasCode(), html.contains("482913"));
            assertEquals(kind.hasCode(), FORM.text(document).contains("482913"));
        }
    }

    @Test
    void a_code_is_masked_for_those_who_may_not_see_it_and_when_it_is_gone() {
        var composition = new Composition(Optional.empty(), ZoneOffset.UTC);
        StoredLetter whole = letter(LetterKind.RECOVERY_CODE, "es", values(LetterKind.RECOVERY_CODE));
        StoredLetter blanked = letter(LetterKind.RECOVERY_CODE, "es", Map.of("nombre", "Ana"));
        for (Document each : List.of(composition.withoutCode(whole), composition.document(blanked))) {
            String text = FORM.text(each);
            assertFalse(text.contains("482913"), text);
            assertTrue(text.contains(StoredLetter.MASK), text);
        }
    }

    @Test
    void a_letter_greets_with_nothing_that_a_mail_program_makes_a_link_of() {
        assertEquals("visita-www", Letter.greeting("visita-www.example.com"));
        assertEquals("ana", Letter.greeting("ana@example.com"));
        assertEquals("x".repeat(40), Letter.greeting("x".repeat(150)));
        assertEquals("", Letter.greeting(".x"));
    }

    @Test
    void a_code_is_in_no_text_of_a_letter_s_record() {
        Letter written = Letter.recoveryCode("a@b.es", Locale.ENGLISH, "Ana", "482913", NOON, "clave-1-1");
        StoredLetter stored = letter(LetterKind.RECOVERY_CODE, "es", values(LetterKind.RECOVERY_CODE));
        assertFalse((written + " " + stored).contains("482913"));
    }

    @Test
    void without_a_public_address_a_letter_has_no_link() {
        Document document = new Composition(Optional.empty(), ZoneOffset.UTC)
                .document(letter(LetterKind.ORDER_PLACED, "es", values(LetterKind.ORDER_PLACED)));
        assertFalse(FORM.html(document).contains("href"));
    }

    @Test
    void a_letter_of_another_release_which_lacks_values_is_still_a_letter() {
        Document document = new Composition(Optional.empty(), ZoneOffset.UTC)
                .document(letter(LetterKind.ORDER_PLACED, "es", Map.of()));
        assertTrue(FORM.text(document).startsWith("Hola:"));
    }
}
