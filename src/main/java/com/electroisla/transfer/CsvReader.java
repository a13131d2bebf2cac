package com.electroisla.transfer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** CSV as RFC 4180 has it, in UTF-8 with or without a byte order mark. */
final class CsvReader implements RowReader {
    private final Utf8Reader text;
    private final long size;
    private final de.siegmar.fastcsv.reader.CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private long lastLine;

    private CsvReader(Utf8Reader text, long size) {
        this.text = text;
        this.size = size;
        this.reader = de.siegmar.fastcsv.reader.CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text);
        this.records = reader.iterator();
    }

    static CsvReader open(Path file) throws IOException {
        return new CsvReader(new Utf8Reader(Files.newInputStream(file)), Files.size(file));
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord record = records.next();
            lastLine = record.getStartingLineNumber();
            return new Row(lastLine, record.getFields());
        } catch (CsvParseException broken) {
            refuseBadText(broken);
            throw new UnreadableFile(lastLine + 1, "no es CSV válido desde aquí; ¿unas comillas sin cerrar?");
        } catch (UncheckedIOException failure) {
            refuseBadText(failure);
            throw failure.getCause();
        }
    }

    private static void refuseBadText(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Utf8Reader.NotUtf8 bad) {
                throw new UnreadableFile(bad.line(), "el texto no está en UTF-8; guarda el archivo como «CSV UTF-8»");
            }
        }
    }

    @Override
    public int thousandths() {
        return size == 0 ? 1_000 : (int) Math.min(1_000, text.bytesRead() * 1_000 / size);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
