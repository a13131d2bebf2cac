package com.electroisla.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a workbook (ECMA-376): which sheet is the first, the texts that its cells share, and which of its
 * styles show a number as a date. Sizes that the file states about itself are not trusted.
 */
final class XlsxBook implements Closeable {
    private static final int MOST_PARTS = 10_000;
    private static final int MOST_STYLES = 100_000;
    private static final long UNFOLDS = 100;
    private static final long SMALL = 16L * 1024 * 1024;
    /** Shared texts are held in memory; a String takes two to three times its size in the file. */
    private static final long SHARED_PART_OF_MEMORY = 24;

    private final ZipFile zip;
    private final PlainXml.Budget budget;
    private final String sheet;
    private final List<String> shared;
    private final Set<Integer> dates;

    private XlsxBook(ZipFile zip, long size) throws IOException, XMLStreamException {
        this.zip = zip;
        this.budget = new PlainXml.Budget(size * UNFOLDS + SMALL);
        String book = relations("_rels/.rels", "").getOrDefault("officeDocument", "xl/workbook.xml");
        String folder = book.substring(0, book.lastIndexOf('/') + 1);
        Map<String, String> parts = relations(folder + "_rels/" + book.substring(folder.length()) + ".rels", folder);
        this.sheet = parts.getOrDefault("#" + firstSheet(book), "");
        this.shared = sharedTexts(parts.get("sharedStrings"));
        this.dates = dateStyles(parts.get("styles"));
    }

    /** @throws UnreadableFile for a file that is no workbook */
    static XlsxBook open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException none) {
            throw notAWorkbook();
        }
        try {
            if (zip.size() > MOST_PARTS) {
                throw notAWorkbook();
            }
            XlsxBook book = new XlsxBook(zip, file.toFile().length());
            if (book.sheet.isEmpty() || zip.getEntry(book.sheet) == null) {
                throw notAWorkbook();
            }
            return book;
        } catch (UnreadableFile refused) {
            zip.close();
            throw refused;
        } catch (XMLStreamException | ZipException | RuntimeException damaged) {
            // The JDK's parser throws various unchecked exceptions for broken documents.
            zip.close();
            throw notAWorkbook();
        }
    }

    private static UnreadableFile notAWorkbook() {
        return new UnreadableFile(0, "no es un libro XLSX");
    }

    /** The first sheet, read from its beginning. */
    XlsxPart sheet() throws IOException, XMLStreamException {
        return part(sheet, budget);
    }

    boolean isDate(int style) {
        return dates.contains(style);
    }

    /** The shared text of this number; null if there is none. */
    @Nullable
    String shared(int index) {
        return index < 0 || index >= shared.size() ? null : shared.get(index);
    }

    private XlsxPart part(String name, PlainXml.Budget bytes) throws IOException, XMLStreamException {
        ZipEntry entry = zip.getEntry(name);
        return new XlsxPart(
                new PlainXml(entry == null ? InputStream.nullInputStream() : zip.getInputStream(entry), bytes));
    }

    private interface Each {
        void at(XlsxPart xml) throws XMLStreamException;
    }

    private void forEachElement(@Nullable String name, PlainXml.Budget bytes, Each each)
            throws IOException, XMLStreamException {
        if (name != null && zip.getEntry(name) != null) {
            try (XlsxPart xml = part(name, bytes)) {
                while (xml.toNextElement()) {
                    each.at(xml);
                }
            }
        }
    }

    /** The targets of the relations, by the last word of their type and, after a {@code #}, by their id. */
    private Map<String, String> relations(String part, String folder) throws IOException, XMLStreamException {
        Map<String, String> found = new HashMap<>();
        forEachElement(part, budget, xml -> {
            String target = xml.attribute("Target");
            String type = xml.attribute("Type");
            if (xml.name().equals("Relationship") && target != null && type != null) {
                String path = target.startsWith("/") ? target.substring(1) : folder + target;
                found.putIfAbsent(type.substring(type.lastIndexOf('/') + 1), path);
                found.put("#" + xml.attribute("Id"), path);
            }
        });
        return found;
    }

    private String firstSheet(String book) throws IOException, XMLStreamException {
        String[] first = {""};
        forEachElement(book, budget, xml -> {
            if (xml.name().equals("sheet") && first[0].isEmpty()) {
                first[0] = String.valueOf(xml.attribute("id"));
            }
        });
        return first[0];
    }

    private List<String> sharedTexts(@Nullable String part) throws IOException, XMLStreamException {
        List<String> texts = new ArrayList<>();
        PlainXml.Budget memory = new PlainXml.Budget(Runtime.getRuntime().maxMemory() / SHARED_PART_OF_MEMORY);
        forEachElement(part, memory, xml -> {
            if (xml.name().equals("si")) {
                texts.add(xml.text());
            }
        });
        return texts;
    }

    private Set<Integer> dateStyles(@Nullable String part) throws IOException, XMLStreamException {
        Map<Integer, String> own = new HashMap<>();
        Set<Integer> found = new HashSet<>();
        int[] style = {-1};
        boolean[] ofCells = {false};
        forEachElement(part, budget, xml -> {
            switch (xml.name()) {
                case "numFmt" ->
                    own.put(number(xml.attribute("numFmtId")), String.valueOf(xml.attribute("formatCode")));
                case "cellStyleXfs" -> ofCells[0] = false;
                case "cellXfs" -> ofCells[0] = true;
                case "cellStyles", "dxfs" -> ofCells[0] = false;
                case "xf" -> {
                    int format = number(xml.attribute("numFmtId"));
                    if (ofCells[0]
                            && ++style[0] < MOST_STYLES
                            && DateFormats.isDate(format, own.getOrDefault(format, ""))) {
                        found.add(style[0]);
                    }
                }
                default -> {}
            }
        });
        return found;
    }

    /** A number in an attribute; -1 if it is none. */
    static int number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
