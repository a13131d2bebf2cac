package com.electroisla.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 strictly, or UTF-16 when a byte order mark says so, and knows the line of the first invalid byte; the
 * JDK's reader does not. The mark is left out. Other encodings are not guessed, because a guess may be wrong.
 */
final class TextReader extends Reader {
    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
    private boolean atStart = true;
    private boolean atEnd;
    private boolean afterReturn;
    private long line = 1;
    private long bytesRead;

    TextReader(InputStream in) throws IOException {
        this.in = in;
        fill();
        this.decoder = charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private Charset charset() {
        int mark = bytes.remaining() < 2 ? 0 : (bytes.get(0) & 0xFF) << 8 | bytes.get(1) & 0xFF;
        return switch (mark) {
            case 0xFFFE -> StandardCharsets.UTF_16LE;
            case 0xFEFF -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
    }

    /** The bytes at this line are not valid in this encoding. */
    static final class NotText extends IOException {
        private final long line;

        NotText(long line) {
            super("no text at line " + line);
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
                throw new NotText(line);
            }
            if (atEnd) {
                return -1;
            }
            chars.position(offset);
            fill();
        }
    }

    /** The number of characters without the mark. */
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
