package com.electroisla.backup;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The checksum of a table's rows in any order: their number, and the sum of the SHA-256 of each, as four numbers of 64
 * bits. The order must not count, because a table gives its rows back in no fixed order.
 *
 * <p>Rows come as COPY's text, each ended by a line feed; a line feed within a value is written {@code \n} there, so
 * it ends none.
 */
final class RowChecksum {
    private final MessageDigest digest = Digests.sha256();
    private final long[] sum = new long[4];
    private long rows;
    private boolean within;

    /** Takes the next piece of the text, which may end anywhere. */
    void update(byte[] bytes, int offset, int length) {
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                digest.update(bytes, start, i - start);
                endRow();
                start = i + 1;
            }
        }
        if (start < end) {
            digest.update(bytes, start, end - start);
            within = true;
        }
    }

    private void endRow() {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        for (int i = 0; i < sum.length; i++) {
            sum[i] += hash.getLong();
        }
        rows++;
        within = false;
    }

    long rows() {
        return rows;
    }

    /** The sum as 64 hexadecimal digits. */
    String sum() {
        if (within) {
            throw new IllegalStateException("the last row has no end");
        }
        StringBuilder text = new StringBuilder();
        for (long part : sum) {
            text.append(HexFormat.of().toHexDigits(part));
        }
        return text.toString();
    }
}
