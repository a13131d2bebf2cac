package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** The old front end decodes the middle part of a token with {@code atob}, which knows neither - nor _, nor UTF-8. */
class ReadableClaimsTest {
    private static final String LETTERS = "az09>?~\u007f\u0001\"\\/{}:,ñÑéü漢字€\ud83d\udd11+-_.@ ";

    @Test
    void no_name_brings_a_letter_that_atob_does_not_know_and_every_name_is_read_as_it_was() throws Exception {
        var random = new Random(42);
        int plainFailed = 0;
        for (int round = 0; round < 5_000; round++) {
            var claims = new JwtClaims();
            String name = name(random);
            claims.setStringClaim("username", name);
            claims.setClaim("exp", 1_800_000_000L + round);
            String written = base64Url(ReadableClaims.of(claims.toJson()));

            assertFalse(written.contains("-") || written.contains("_"), name);
            // As atob does it: one character for each byte.
            String read = new String(Base64.getDecoder().decode(written), StandardCharsets.ISO_8859_1);
            assertEquals(name, JwtClaims.parse(read).getStringClaimValue("username"));
            assertTrue(read.contains("\"exp\":" + (1_800_000_000L + round)), read);
            String plain = base64Url(claims.toJson());
            plainFailed += plain.contains("-") || plain.contains("_") ? 1 : 0;
        }
        assertTrue(plainFailed > 500, "the names are harmless: " + plainFailed);
    }

    private static String name(Random random) {
        int[] points = LETTERS.codePoints().toArray();
        var name = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            name.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return name.toString();
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
