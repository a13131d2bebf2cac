package com.electroisla.transfer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it, and as spreadsheets write it: the first separator of the header, a comma, a semicolon, a tab
 * or a bar, is that of the file, unless a first line such as {@code sep=;} names it.
 */
final class CsvReader implements RowReader {
    private static final String SEPARATORS = ",;\t|";
    private static final Pattern NAMED_SEPARATOR = Pattern.compile("(?i)\"?sep=([,;\t|])\"?");
    private static final int LONGEST_HEADER = 64 * 1024;

    private final TextReader text;
    private final long size;
    private final de.siegmar.fastcsv.reader.CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private boolean namesSeparator;
    private long lastLine;

    private CsvReader(TextReader text, long size) throws IOException {
        this.text = text;
        this.size = size;
        BufferedReader lines = new BufferedReader(text, LONGEST_HEADER);
        String first = firstLine(lines);
        Matcher named = NAMED_SEPARATOR.matcher(first);
        this.namesSeparator = named.matches();
        this.reader = de.siegmar.fastcsv.reader.CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .fieldSeparator(namesSeparator ? named.group(1).charAt(0) : separator(first))
                .ofCsvRecord(lines);
        this.records = reader.iterator();
    }

    static CsvReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new CsvReader(new TextReader(in), Files.size(file));
        } catch (IOException failure) {
            in.close();
            refuseBadText(failure);
            throw failure;
        }
    }

    /** The first line that is not blank; it is read once more with the others. */
    private static String firstLine(BufferedReader lines) throws IOException {
        lines.mark(LONGEST_HEADER);
        StringBuilder line = new StringBuilder();
        for (int i = 1; i < LONGEST_HEADER; i++) {
            int each = lines.read();
            boolean ends = each < 0 || each == '\n' || each == '\r';
            if (!ends) {
                line.append((char) each);
            } else if (each < 0 || !line.toString().isBlank()) {
                break;
            }
        }
        lines.reset();
        return line.toString().strip();
    }

    private static char separator(String header) {
        boolean quoted = false;
        for (char each : header.toCharArray()) {
            quoted ^= each == '"';
            if (!quoted && SEPARATORS.indexOf(each) >= 0) {
                return each;
            }
        }
        return ',';
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord record = records.next();
            if (namesSeparator) {
                namesSeparator = false;
                return next();
            }
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
            if (cause instanceof TextReader.NotText bad) {
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
