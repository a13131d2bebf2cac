package com.electroisla.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one part of a workbook, as long as they are of the kind that spreadsheet programs write: tags and texts
 * of a reasonable length. A document type, an entity, a comment or an unclosed tag is refused before the parser has to
 * buffer it, and so is a workbook that expands beyond its limit.
 */
final class PlainXml extends FilterInputStream {
    private static final int LONGEST_PIECE = 1024 * 1024;

    private final Budget budget;
    private long read;
    private int sinceTag;
    private int last;

    PlainXml(InputStream in, Budget budget) {
        super(in);
        this.budget = budget;
    }

    /** How many more bytes a workbook may expand to, all parts together. */
    static final class Budget {
        private long left;

        Budget(long bytes) {
            this.left = bytes;
        }

        private void take(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new UnreadableFile(0, "el libro XLSX se despliega en mucho más de lo que ocupa; no se lee");
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            budget.take(count);
            for (int i = offset; i < offset + count; i++) {
                look(target[i] & 0xFF);
            }
        }
        return count;
    }

    private void look(int each) {
        boolean declaration = read <= 4;
        if (last == '<' && (each == '!' || each == '?' && !declaration) || ++sinceTag > LONGEST_PIECE) {
            throw new UnreadableFile(0, "el libro XLSX tiene algo que ninguna hoja de cálculo escribe; no se lee");
        }
        if (each == '<') {
            sinceTag = 0;
        }
        last = each;
        read++;
    }
}
