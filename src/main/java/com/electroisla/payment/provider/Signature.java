package com.electroisla.payment.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures by HMAC-SHA256, and the headers {@code stamp=1700000000,v1=hex} in which they come.
 *
 * @param stamp the seconds or milliseconds, as they were signed
 * @param hashes at least one
 */
record Signature(String stamp, List<byte[]> hashes) {
    private static final String HMAC = "HmacSHA256";
    private static final String VERSION = "v1";
    private static final int LONGEST_HEADER = 4_096;
    /** More than any stamp in seconds and less than any in milliseconds, for some thousand years. */
    private static final long LARGEST_SECONDS = 100_000_000_000L;

    /** Empty when the header has not exactly one stamp, or no hash. */
    static Optional<Signature> parse(String header, String stampName) {
        if (header.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        List<String> stamps = new ArrayList<>();
        List<byte[]> hashes = new ArrayList<>();
        for (String part : header.split(",")) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length < 2) {
                continue;
            }
            if (pair[0].equals(stampName)) {
                stamps.add(pair[1]);
            } else if (pair[0].equals(VERSION)) {
                hex(pair[1]).ifPresent(hashes::add);
            }
        }
        boolean whole = stamps.size() == 1 && stamps.getFirst().matches("[0-9]{1,15}") && !hashes.isEmpty();
        return whole ? Optional.of(new Signature(stamps.getFirst(), hashes)) : Optional.empty();
    }

    static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text.strip()));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    static byte[] hash(byte[] secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether one of the hashes is this one, in the same time whichever byte differs. */
    boolean has(byte[] expected) {
        boolean found = false;
        for (byte[] hash : hashes) {
            found |= MessageDigest.isEqual(expected, hash);
        }
        return found;
    }

    /** Whether the stamp is no further from now than this, before or after. */
    boolean isWithin(Duration window, Instant now) {
        long value = Long.parseLong(stamp);
        Instant signed = value > LARGEST_SECONDS ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
        return Duration.between(signed, now).abs().compareTo(window) <= 0;
    }

    /** The value of a header, whatever the case of its name; empty text when there is none. */
    static String header(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
