package com.electroisla.transfer;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rows as PostgreSQL's COPY reads them in its text format. */
final class CopyText {
    private final StringBuilder text = new StringBuilder();

    void add(ProductLine line) {
        cell(line.line());
        CatalogueColumn.ALL.forEach(column -> next(line.cells().get(column)));
        next(line.doubts());
        text.append('\n');
    }

    int length() {
        return text.length();
    }

    /** Returns the text added since the last call. */
    byte[] take() {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        return bytes;
    }

    private void next(@Nullable Object value) {
        text.append('\t');
        cell(value);
    }

    private void cell(@Nullable Object value) {
        if (value == null) {
            text.append("\\N");
            return;
        }
        String plain = value.toString();
        for (int i = 0; i < plain.length(); i++) {
            char each = plain.charAt(i);
            switch (each) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(each);
            }
        }
    }
}
