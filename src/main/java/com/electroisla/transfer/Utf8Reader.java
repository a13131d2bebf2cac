package com.electroisla.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 strictly and knows on which line it stopped being that; the JDK's reader loses the place. A byte order
 * mark at the start is left out.
 */
final class Utf8Reader extends Reader {
    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
    private boolean atStart = true;
    private boolean atEnd;
    private boolean afterReturn;
    private long line = 1;
    private long bytesRead;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    /** The bytes at this line are no UTF-8. */
    static final class NotUtf8 extends IOException {
        private final long line;

        NotUtf8(long line) {
            super("not UTF-8 at line " + line);
            this.line = line;
        }

        long line() {
            return line;
        }
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        CharBuffer chars = CharBuffer.wrap(target, offset, length);
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, atEnd);
            int count = skipMark(target, offset, chars.position() - offset);
            if (count > 0) {
                countLines(target, offset, count);
                return count;
            }
            if (result.isError()) {
                throw new NotUtf8(line);
            }
            if (atEnd) {
                return -1;
            }
            chars.position(offset);
            fill();
        }
    }

    /** How many characters there are, without the mark. */
    private int skipMark(char[] target, int offset, int count) {
        if (!atStart || count == 0) {
            return count;
        }
        atStart = false;
        if (target[offset] != '\uFEFF') {
            return count;
        }
        System.arraycopy(target, offset + 1, target, offset, count - 1);
        return count - 1;
    }

    private void countLines(char[] target, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (target[i] == '\r' || (target[i] == '\n' && !afterReturn)) {
                line++;
            }
            afterReturn = target[i] == '\r';
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (count < 0) {
            atEnd = true;
        } else {
            bytesRead += count;
            bytes.position(bytes.position() + count);
        }
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
