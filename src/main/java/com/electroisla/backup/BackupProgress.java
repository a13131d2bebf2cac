package com.electroisla.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reports progress in a long table by rows and not by time, so that the same table always gives the same lines. */
final class BackupProgress {
    static final int ROWS_A_LINE = 100_000;

    private final String table;
    private final Consumer<String> lines;
    private long rows;

    BackupProgress(String table, Consumer<String> lines) {
        this.table = table;
        this.lines = lines;
    }

    void oneMore() {
        rows++;
        if (rows % ROWS_A_LINE == 0) {
            lines.accept("  %s: %d filas".formatted(table, rows));
        }
    }

    /** The given text of COPY, with its rows counted as they are read. */
    InputStream watching(InputStream text) {
        return new FilterInputStream(text) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                for (int i = offset; i < offset + read; i++) {
                    if (bytes[i] == '\n') {
                        oneMore();
                    }
                }
                return read;
            }
        };
    }
}
