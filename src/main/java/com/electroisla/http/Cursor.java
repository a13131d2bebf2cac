package com.electroisla.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The start of a page: after the row with this key and id. The cursor travels in {@code next} as opaque text with a
 * checksum that also covers the search, so that a damaged cursor, or one of another search, is refused. The checksum
 * is no secret: every part is a bound parameter, so a forged cursor only yields another page.
 *
 * @param page the number of the page that begins here
 * @param count how many rows the listing had when its first page was read
 * @param id of the row before
 * @param key of the row before, as text
 */
public record Cursor(int page, long count, long id, String key) {
    private static final int CHECKSUM_BYTES = 8;
    private static final int LONGEST = 4_096;

    /** The cursor as text that needs no escaping in a URL. */
    public String encode(String search) {
        byte[] content = (page + " " + count + " " + id + " " + key).getBytes(StandardCharsets.UTF_8);
        byte[] checksum = checksum(content, search);
        ByteBuffer all = ByteBuffer.allocate(CHECKSUM_BYTES + content.length)
                .put(checksum)
                .put(content);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
    }

    /** @throws ProblemException 400 for anything that {@link #encode} did not make for this search */
    public static Cursor decode(String text, String search) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("too long");
            }
            byte[] all = Base64.getUrlDecoder().decode(text);
            byte[] content = Arrays.copyOfRange(all, CHECKSUM_BYTES, all.length);
            if (!Arrays.equals(checksum(content, search), Arrays.copyOf(all, CHECKSUM_BYTES))) {
                throw new IllegalArgumentException("checksum");
            }
            String[] parts = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .split(" ", 4);
            Cursor cursor = new Cursor(
                    Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]);
            if (cursor.page < 2 || cursor.count < 0 || cursor.key.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("senseless");
            }
            return cursor;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException notOurs) {
            throw Problem.invalidField("cursor", "campo_tipo").exception();
        }
    }

    private static byte[] checksum(byte[] content, String search) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(search.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(content), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
