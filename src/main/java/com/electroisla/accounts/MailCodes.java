package com.electroisla.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Codes of six digits that prove that somebody reads an address's mail. The row keeps a hash with the shop's secret and
 * a salt of its own, so a code opens the row that it was made for and no other, and nobody reads it from the table.
 */
final class MailCodes {
    /** How long a code is good; what the old front end tells its reader too. */
    static final Duration VALIDITY = Duration.ofMinutes(15);
    /** The wrong guesses after which a code is dead: a chance of 5 in a million. */
    static final int MOST_FAILURES = 5;

    private static final String PURPOSE = "codigo";
    private static final int CODES = 1_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ShopSecret secret;

    MailCodes(ShopSecret secret) {
        this.secret = secret;
    }

    /** The part of a code that a row keeps. */
    record Kept(String salt, byte[] hash) {}

    /** A code for its reader. */
    record Code(String digits, Kept kept) {
        @Override
        public String toString() {
            return "Code[...]";
        }
    }

    /** Makes codes possible, before the transaction in which one is made or compared. */
    void prepare() {
        secret.makeReady();
    }

    Code make() {
        String digits = String.format(Locale.ROOT, "%06d", RANDOM.nextInt(CODES));
        String salt = HexFormat.of().formatHex(random(SALT_BYTES));
        return new Code(digits, new Kept(salt, secret.hash(PURPOSE, salt, digits)));
    }

    /** For a row that no code may open, in the steps that a code takes. */
    Kept nobodys() {
        make();
        return none();
    }

    /** For a row that no code may open, where a code was made in any case. */
    static Kept none() {
        return new Kept(HexFormat.of().formatHex(random(SALT_BYTES)), random(HASH_BYTES));
    }

    boolean opens(String digits, Kept kept) {
        return secret.recognised(PURPOSE, kept.salt(), digits).stream()
                        .filter(hash -> MessageDigest.isEqual(hash, kept.hash()))
                        .count()
                > 0;
    }

    /** Whether a code of the old shop, which keeps them as they are, is this one; the time tells nothing. */
    static boolean same(String code, String digits) {
        return MessageDigest.isEqual(code.getBytes(StandardCharsets.UTF_8), digits.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
