package com.electroisla.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormsTest {
    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Pattern FORM =
            Pattern.compile("<form[^>]*method=\"post\"[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern SENT_BY_HTMX = Pattern.compile("hx-post=\"([^\"]*)\"[^>]*>");
    /**
     * Forms that may be repeated: signing in and out, previewing a file; a payment has a key of its own, which its
     * order keeps.
     */
    private static final List<String> AGAIN = List.of(
            "/salir/",
            "{view.action}",
            "importar",
            "/reserva/pagar/",
            "/recuperar/",
            "/recuperar/codigo/",
            "/entrar/codigo/",
            "/invitacion/",
            "/clave/");

    @Test
    void every_form_that_changes_something_carries_a_one_time_key() throws IOException {
        List<String> without = new ArrayList<>();
        int found = 0;
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String template = Files.readString(file);
                Matcher form = FORM.matcher(template);
                while (form.find()) {
                    found++;
                    boolean again =
                            AGAIN.contains(form.group(1)) || form.group().contains("id=\"importar\"");
                    if (!again && !form.group(2).contains("{#include pages/once /}")) {
                        without.add(file + " " + form.group(1));
                    }
                }
                Matcher field = SENT_BY_HTMX.matcher(template);
                while (field.find()) {
                    found++;
                    if (!field.group().contains("\"" + Form.KEY + "\":\"|}{p.once}")) {
                        without.add(file + " " + field.group(1));
                    }
                }
            }
        }
        assertTrue(found > 20, "only " + found);
        assertEquals(List.of(), without);
    }
}
