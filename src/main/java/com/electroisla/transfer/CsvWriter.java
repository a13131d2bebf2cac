package com.electroisla.transfer;

import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** CSV in UTF-8, a line feed after each row, quotes where they are needed. */
final class CsvWriter implements RowWriter {
    private static final int BUFFER = 64 * 1024;

    private final Writer text;
    private final de.siegmar.fastcsv.writer.CsvWriter writer;

    CsvWriter(OutputStream out) {
        this.text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
        this.writer = de.siegmar.fastcsv.writer.CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
    }

    @Override
    public void write(List<String> cells) {
        writer.writeRecord(cells);
    }

    @Override
    public void close() throws IOException {
        writer.flush();
        text.flush();
    }
}
