package com.electroisla.admin.http;

import com.electroisla.pages.Form;
import com.electroisla.pages.http.Visit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A catalogue file from a browser: chosen, pasted, or sent back from the preview page.
 *
 * @param name as the browser gave it, for the audit log; empty when it was pasted
 */
record ImportedFile(byte[] bytes, String name) {
    private static final int LONGEST_NAME = 200;
    private static final int LARGEST_BYTES = 16 * 1024 * 1024;
    private static final int LARGEST_PACKED = 3 * 1024 * 1024;

    interface Reading<T> {
        T read(Path file) throws IOException;
    }

    /** The form's file; empty when it has none, or its packed file does not come from our page. */
    static Optional<ImportedFile> of(Visit visit, Form form) {
        String packed = form.raw("carga");
        if (!packed.isEmpty()) {
            return unpacked(packed).map(bytes -> new ImportedFile(bytes, named(form.text("nombre_archivo"))));
        }
        return visit.file("archivo")
                .or(() -> Optional.of(form.raw("contenido"))
                        .filter(text -> !text.isBlank())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .map(bytes ->
                        new ImportedFile(bytes, named(visit.fileName("archivo").orElse(""))));
    }

    /** The name shortened to one line, without a folder, which some browsers send. */
    private static String named(String name) {
        String plain = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "")
                .strip();
        return plain.length() <= LONGEST_NAME
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_NAME / 2));
    }

    /** The file as the value of a form's field; empty when it is too large for one. */
    Optional<String> packed() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException cannotBeInMemory) {
            throw new UncheckedIOException(cannotBeInMemory);
        }
        return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray()))
                .filter(text -> text.length() <= LARGEST_PACKED);
    }

    private static Optional<byte[]> unpacked(String packed) {
        try (InflaterInputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(packed)))) {
            return Optional.of(in.readNBytes(LARGEST_BYTES + 1)).filter(bytes -> bytes.length <= LARGEST_BYTES);
        } catch (IOException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Runs work with the content in a temporary file, because the loader reads files. */
    <T> T reading(Reading<T> reading) {
        try {
            Path file = Files.createTempFile("catalogo", ".csv");
            try {
                Files.write(file, bytes);
                return reading.read(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
