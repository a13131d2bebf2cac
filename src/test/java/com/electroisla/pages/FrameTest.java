package com.electroisla.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.electroisla.http.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static String when(Language language, String zone, String moment) {
        var frame = new Frame(
                new Words(language, "admin"),
                "",
                "/",
                "",
                null,
                "",
                "",
                new Frame.Assets("", "", "", "", "", "", ""),
                List.of(),
                null,
                "",
                ZoneId.of(zone));
        return frame.when(Instant.parse(moment));
    }

    @Test
    void a_moment_is_shown_as_the_shops_clock_shows_it() {
        assertEquals("1 mar 2026, 20:20", when(Language.SPANISH, "America/Santo_Domingo", "2026-03-02T00:20:00Z"));
        assertEquals("1 Mar 2026, 20:20", when(Language.ENGLISH, "America/Santo_Domingo", "2026-03-02T00:20:00Z"));
        assertEquals("29 mar 2026, 03:00", when(Language.SPANISH, "Europe/Madrid", "2026-03-29T01:00:00Z"));
    }

    @Test
    void an_hour_that_comes_twice_says_which_of_the_two_it_is() {
        assertEquals("25 oct 2026, 02:30 (UTC+02:00)", when(Language.SPANISH, "Europe/Madrid", "2026-10-25T00:30:00Z"));
        assertEquals("25 oct 2026, 02:30 (UTC+01:00)", when(Language.SPANISH, "Europe/Madrid", "2026-10-25T01:30:00Z"));
    }

    @Test
    void no_script_of_the_pages_shows_the_browsers_own_time() throws IOException {
        for (String script : List.of("isla.js", "tienda.js")) {
            String text = Files.readString(Path.of("src/main/resources/com/electroisla/pages", script));
            assertFalse(text.matches("(?s).*(toLocale|new Date|getHours|Intl\\.).*"), script);
        }
    }
}
