package com.electroisla.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook whose parts a test writes itself, as other programs write them and as none should. */
final class RawWorkbook {
    private interface Part {
        void to(OutputStream out) throws IOException;
    }

    private final Map<String, Part> parts = new LinkedHashMap<>();

    RawWorkbook() {
        part(
                "_rels/.rels",
                "<Relationships xmlns=\"r\"><Relationship Id=\"a\" Type=\"x/officeDocument\" "
                        + "Target=\"xl/workbook.xml\"/></Relationships>");
        part(
                "xl/workbook.xml",
                "<workbook xmlns=\"m\" xmlns:r=\"q\"><sheets><sheet name=\"Hoja1\" sheetId=\"1\" "
                        + "r:id=\"h\"/></sheets></workbook>");
        part("xl/_rels/workbook.xml.rels", """
                <Relationships xmlns="r"><Relationship Id="h" Type="x/worksheet" Target="worksheets/sheet1.xml"/>\
                <Relationship Id="s" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="t" \
                Type="x/styles" Target="styles.xml"/></Relationships>\
                """);
        part("xl/styles.xml", """
                <styleSheet xmlns="m"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" \
                formatCode="&quot;d&quot;0.00"/></numFmts>\
                <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf \
                numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>\
                """);
    }

    RawWorkbook part(String name, String xml) {
        parts.put(
                name,
                out -> out.write(
                        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** A part with one text repeated many times. */
    RawWorkbook part(String name, String before, String repeated, int times, String after) {
        parts.put(name, out -> {
            out.write(before.getBytes(StandardCharsets.UTF_8));
            byte[] chunk = repeated.repeat(1_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times / 1_000; i++) {
                out.write(chunk);
            }
            out.write(after.getBytes(StandardCharsets.UTF_8));
        });
        return this;
    }

    /** The sheet with nombre and precio in its first row, and these rows below. */
    RawWorkbook rows(String xml) {
        return sheet(text("A1", "nombre") + text("B1", "precio"), xml);
    }

    RawWorkbook sheet(String header, String rows) {
        return part(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"m\"><sheetData><row r=\"1\">" + header + "</row>" + rows
                        + "</sheetData></worksheet>");
    }

    static String text(String address, String text) {
        return "<c r=\"" + address + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    Path write(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                part.getValue().to(zip);
                zip.closeEntry();
            }
        }
        return file;
    }
}
