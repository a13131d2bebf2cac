package com.electroisla.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One part of a workbook, element by element. Depth, names and texts have bounds, since the parser keeps all of them.
 */
final class XlsxPart implements Closeable {
    private static final int LONGEST_TEXT = 300_000;
    private static final int MOST_NAMES = 2_000;
    private static final String DEEPEST = "100";

    private final XMLStreamReader xml;
    private final Set<String> names = new HashSet<>();

    XlsxPart(PlainXml bytes) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("jdk.xml.maxElementDepth", DEEPEST);
        // The encoding is given, so that a part in another one fails instead of hiding its content.
        this.xml = factory.createXMLStreamReader(bytes, "UTF-8");
    }

    /** Advances to the next start of an element, at any depth; false at the end. */
    boolean toNextElement() throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                note();
                return true;
            }
        }
        return false;
    }

    /** Advances to the next start of an element within this one; false at its end. */
    boolean toNextElementIn(String element) throws XMLStreamException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    note();
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (name().equals(element)) {
                        return false;
                    }
                }
                default -> {}
            }
        }
    }

    /** The local name of the element. */
    String name() {
        return xml.getLocalName();
    }

    /** The attribute of this local name; null if there is none. */
    @Nullable
    String attribute(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    /**
     * The text of the element that has just begun: all of it, or, where it has parts, the parts in a {@code t},
     * without the phonetic readings of Japanese texts.
     */
    String text() throws XMLStreamException {
        String element = name();
        StringBuilder text = new StringBuilder();
        boolean wanted = !element.equals("si") && !element.equals("is");
        int readings = 0;
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    note();
                    readings += name().equals("rPh") ? 1 : 0;
                    wanted = wanted || name().equals("t");
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> {
                    if (wanted && readings == 0) {
                        add(text);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (name().equals(element)) {
                        return text.toString();
                    }
                    readings -= name().equals("rPh") ? 1 : 0;
                    wanted = wanted && !name().equals("t");
                }
                default -> {}
            }
        }
    }

    private void add(StringBuilder text) {
        if (text.length() + xml.getTextLength() > LONGEST_TEXT) {
            throw new UnreadableFile(0, "el libro XLSX tiene una celda con más texto del que cabe en una");
        }
        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }

    private void note() {
        names.add(xml.getPrefix() + ":" + xml.getLocalName());
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            names.add(xml.getAttributePrefix(i) + ":" + xml.getAttributeLocalName(i));
        }
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            names.add(xml.getNamespaceURI(i));
        }
        if (names.size() > MOST_NAMES) {
            throw new UnreadableFile(0, "el libro XLSX tiene algo que ninguna hoja de cálculo escribe; no se lee");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            xml.close();
        } catch (XMLStreamException cannotClose) {
            throw new IOException(cannotClose);
        }
    }
}
