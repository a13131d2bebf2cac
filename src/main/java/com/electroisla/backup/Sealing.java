package com.electroisla.backup;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The seal: the last {@value #LENGTH} bytes of the file are the SHA-256 of everything before them, in hexadecimal
 * digits. In a file without a key they are the comment of the ZIP archive, so that any program can open it.
 *
 * <p>The writer ends the content with {@link #PLACE}; the seal replaces it.
 */
final class Sealing extends FilterOutputStream {
    private static final String LABEL = "SHA-256 ";
    static final int LENGTH = LABEL.length() + 64;
    static final String PLACE = LABEL + "0".repeat(64);

    private final MessageDigest digest = Digests.sha256();
    /** The last bytes so far, held back because they may be the placeholder. */
    private final byte[] held = new byte[LENGTH];

    private int count;

    Sealing(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int pass = Math.max(0, count + length - LENGTH);
        int fromHeld = Math.min(pass, count);
        passOn(held, 0, fromHeld);
        System.arraycopy(held, fromHeld, held, 0, count - fromHeld);
        count -= fromHeld;
        passOn(bytes, offset, pass - fromHeld);
        int rest = length - (pass - fromHeld);
        System.arraycopy(bytes, offset + length - rest, held, count, rest);
        count += rest;
    }

    private void passOn(byte[] bytes, int offset, int length) throws IOException {
        digest.update(bytes, offset, length);
        out.write(bytes, offset, length);
    }

    /** Writes the seal in place of the placeholder. */
    void seal() throws IOException {
        if (!Arrays.equals(held, PLACE.getBytes(StandardCharsets.US_ASCII))) {
            throw new IllegalStateException("no place was kept for the seal");
        }
        out.write((LABEL + HexFormat.of().formatHex(digest.digest())).getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Whether the file ends in the right seal. */
    static boolean isIntact(Path file) throws IOException {
        long body = Files.size(file) - LENGTH;
        if (body < 0) {
            return false;
        }
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] buffer = new byte[1 << 16];
            for (long left = body; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    return false;
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
            byte[] seal = (LABEL + HexFormat.of().formatHex(digest.digest())).getBytes(StandardCharsets.US_ASCII);
            return Arrays.equals(seal, in.readAllBytes());
        }
    }
}
