package com.electroisla.accounts;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes of a second factor: six digits that a phone computes anew each half minute (RFC 6238, SHA-1, as every such
 * app does), and recovery codes for the day on which the phone is lost.
 */
final class FactorCodes {
    private static final Duration STEP = Duration.ofSeconds(30);
    /** Phones' clocks differ: the code before and the code after are good too. */
    private static final int STEPS_OFF = 1;

    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    /** 80 bits: nobody guesses one, so a plain hash keeps it, which still works when the shop's secret has changed. */
    private static final int RECOVERY_BYTES = 10;

    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HmacOneTimePasswordGenerator DIGITS = new HmacOneTimePasswordGenerator(6);

    private FactorCodes() {}

    static byte[] makeSecret() {
        return random(SECRET_BYTES);
    }

    /**
     * The step whose code this is: the present one or one beside it, but none that was used or lies before it.
     *
     * @param lastStep the last that was used; 0 for none
     */
    static OptionalLong step(byte[] secret, String digits, Instant now, long lastStep) {
        long present = now.getEpochSecond() / STEP.toSeconds();
        // All are compared, so that the time tells nothing.
        return LongStream.rangeClosed(present - STEPS_OFF, present + STEPS_OFF)
                .filter(step -> matches(secret, digits, step))
                .boxed()
                .toList()
                .stream()
                .filter(step -> step > lastStep)
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private static boolean matches(byte[] secret, String digits, long step) {
        return MessageDigest.isEqual(
                code(secret, step).getBytes(StandardCharsets.UTF_8), digits.getBytes(StandardCharsets.UTF_8));
    }

    private static String code(byte[] secret, long step) {
        try {
            return DIGITS.generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"), step, Locale.ROOT);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The code of a moment, as a phone would show it. */
    static String at(byte[] secret, Instant moment) {
        return code(secret, moment.getEpochSecond() / STEP.toSeconds());
    }

    /** Recovery codes such as {@code k3jx-77ab-qm2c-xr5d}. */
    static List<String> makeRecoveryCodes() {
        return IntStream.range(0, RECOVERY_CODES)
                .mapToObj(_ -> base32(random(RECOVERY_BYTES)).toLowerCase(Locale.ROOT))
                .map(code -> code.replaceAll("(.{4})(?=.)", "$1-"))
                .toList();
    }

    /** The hash of a recovery code as it was typed: letters of any case, with or without what parts them. */
    static byte[] hash(int userId, String typed) {
        String plain = typed.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("respaldo " + userId + " " + plain).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** RFC 4648, without padding, as apps read keys that are typed. */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte each : bytes) {
            held = held << 8 | each & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE_32.charAt(held >> bits & 31));
                held &= (1 << bits) - 1;
            }
        }
        if (bits > 0) {
            text.append(BASE_32.charAt(held << 5 - bits & 31));
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException for a text that is none of ours */
    static byte[] fromBase32(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (char each : text.toCharArray()) {
            int value = BASE_32.indexOf(each);
            if (value < 0) {
                throw new IllegalArgumentException("no base 32");
            }
            held = held << 5 | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (held >> bits);
                held &= (1 << bits) - 1;
            }
        }
        return bytes;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
