package com.electroisla.payment.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureTest {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** The example of RFC 4231, test case 2. */
    @Test
    void the_hash_is_the_standards_and_does_not_depend_on_where_the_words_are_cut() {
        byte[] secret = Signature.bytes("Jefe");
        String expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

        assertEquals(
                expected,
                HexFormat.of()
                        .formatHex(Signature.hash(
                                secret, Signature.bytes("what do ya want "), Signature.bytes("for nothing?"))));
        assertEquals(
                expected,
                HexFormat.of().formatHex(Signature.hash(secret, Signature.bytes("what do ya want for nothing?"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1=00",
                "t=1",
                "t=1,t=1,v1=00",
                "t=,v1=00",
                "t=-1,v1=00",
                "t=uno,v1=00",
                "t=1,v1=zz",
                "t=1,v0=00",
                "t=9999999999999999,v1=00",
                "t,v1",
                ",,,",
            })
    void a_header_without_exactly_one_stamp_and_a_hash_signs_nothing(String header) {
        assertEquals(Optional.empty(), Signature.parse(header, "t"));
    }

    @Test
    void a_header_of_any_length_is_not_read() {
        assertTrue(Signature.parse("t=1,v1=00", "t").isPresent());
        assertEquals(Optional.empty(), Signature.parse("t=1,v1=00" + ",v1=00".repeat(1_000), "t"));
    }

    @Test
    void one_of_several_hashes_is_enough_while_a_secret_is_being_changed() {
        Signature signature = Signature.parse("t=1, v1=0102 ,v1=0a0b", "t").orElseThrow();

        assertTrue(signature.has(new byte[] {10, 11}));
        assertTrue(signature.has(new byte[] {1, 2}));
        assertFalse(signature.has(new byte[] {1}));
        assertFalse(signature.has(new byte[] {}));
    }

    @Test
    void a_stamp_in_seconds_or_milliseconds_holds_for_five_minutes_before_and_after() {
        Instant signed = Instant.ofEpochSecond(1_764_504_000);
        for (String stamp : new String[] {"1764504000", "1764504000000"}) {
            Signature signature =
                    Signature.parse("ts=" + stamp + ",v1=00", "ts").orElseThrow();
            assertTrue(signature.isWithin(WINDOW, signed.plusSeconds(300)), stamp);
            assertTrue(signature.isWithin(WINDOW, signed.minusSeconds(300)), stamp);
            assertFalse(signature.isWithin(WINDOW, signed.plusSeconds(301)), stamp);
            assertFalse(signature.isWithin(WINDOW, signed.minusSeconds(301)), stamp);
        }
    }

    @Test
    void a_header_is_found_in_any_case() {
        assertEquals("a", Signature.header(Map.of("stripe-signature", "a"), "Stripe-Signature"));
        assertEquals("", Signature.header(Map.of("x", "a"), "Stripe-Signature"));
    }
}
