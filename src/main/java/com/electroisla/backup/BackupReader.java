package com.electroisla.backup;

import com.electroisla.backup.Manifest.Part;
import com.electroisla.backup.Manifest.Rows;
import com.electroisla.backup.Schema.Table;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup from its beginning to its end and trusts nothing in it unchecked: the seal must agree with the file,
 * and the manifest with the parts and the rows. Every refusal is a {@link BackupRefused} with the reason.
 */
final class BackupReader {
    private static final byte[] ZIP_START = {'P', 'K', 3, 4};
    private static final int NAME_OFFSET = 30;

    private final Path file;
    private final Optional<String> key;

    BackupReader(Path file, Optional<String> key) {
        this.file = file;
        this.key = key;
    }

    /** Takes the parts of a backup in the order in which they are read. */
    interface Visitor {
        /** Called first. */
        void schema(Schema schema) throws IOException;

        /** @param rows COPY's text; the caller reads the rest if this method does not */
        void table(Table table, InputStream rows) throws IOException;
    }

    /** Looks at every byte of the file. */
    Manifest verify() throws IOException {
        refuseForeign();
        if (!Sealing.isIntact(file)) {
            throw new BackupRefused(
                    "El respaldo está dañado o incompleto: su contenido no coincide con su sello SHA-256.");
        }
        return read(new Visitor() {
            @Override
            public void schema(Schema schema) {}

            @Override
            public void table(Table table, InputStream rows) {}
        });
    }

    /** Reads all parts in order, and compares them with the manifest at the end. */
    Manifest read(Visitor visitor) throws IOException {
        boolean encrypted = refuseForeign();
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return parts(
                    encrypted
                            ? Encryption.decrypting(
                                    bytes,
                                    key.orElseThrow(() -> new BackupRefused(
                                            "El respaldo está cifrado: indica su clave con --clave-archivo o en "
                                                    + "ELECTRO_ISLA_RESPALDO_CLAVE.")))
                            : bytes,
                    visitor);
        } catch (ZipException | EOFException | JsonProcessingException broken) {
            throw new BackupRefused("El respaldo está dañado: " + broken.getMessage());
        }
    }

    /** Refuses a file that is no backup, and tells whether the backup is encrypted. */
    private boolean refuseForeign() throws IOException {
        byte[] start = start(file);
        if (isEncrypted(start)) {
            return true;
        }
        if (!isPlain(start)) {
            throw new BackupRefused(file + " no es un respaldo de Electro Isla (o está dañado desde el principio).");
        }
        return false;
    }

    /**
     * Whether the file begins as a backup does, even if the rest of it is missing; an empty file counts as a
     * beginning.
     */
    static boolean mayHaveBegun(Path file) throws IOException {
        byte[] start = start(file);
        return start.length == 0 || isEncrypted(start) || isPlain(start);
    }

    /** Whether the file is encrypted, so that only somebody with a key can have written it. */
    boolean isEncrypted() throws IOException {
        return isEncrypted(start(file));
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(NAME_OFFSET + BackupWriter.SCHEMA.length());
        }
    }

    private static boolean isEncrypted(byte[] start) {
        return Arrays.equals(
                start,
                0,
                Math.min(start.length, Encryption.MAGIC.length),
                Encryption.MAGIC,
                0,
                Encryption.MAGIC.length);
    }

    private static boolean isPlain(byte[] start) {
        boolean zip =
                start.length > NAME_OFFSET && Arrays.equals(start, 0, ZIP_START.length, ZIP_START, 0, ZIP_START.length);
        return zip
                && new String(start, NAME_OFFSET, start.length - NAME_OFFSET, StandardCharsets.US_ASCII)
                        .equals(BackupWriter.SCHEMA);
    }

    private static Manifest parts(InputStream plain, Visitor visitor) throws IOException {
        ZipInputStream zip = new ZipInputStream(plain);
        List<Part> parts = new ArrayList<>();
        List<Rows> tables = new ArrayList<>();
        @Nullable Schema schema = null;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Watched part = new Watched(zip);
            if (entry.getName().equals(BackupWriter.MANIFEST)) {
                Manifest manifest = checked(manifest(part.readAllBytes()), parts, tables);
                plain.transferTo(OutputStream.nullOutputStream());
                return manifest;
            }
            if (schema == null) {
                byte[] json = part.readAllBytes();
                refuseNewerFormat(json);
                schema = BackupWriter.JSON.readValue(json, Schema.class);
                visitor.schema(schema);
            } else if (tables.size() < schema.tables().size()) {
                Table table = schema.tables().get(tables.size());
                visitor.table(table, part);
                part.transferTo(OutputStream.nullOutputStream());
                tables.add(new Rows(table.name(), part.rows.rows(), part.rows.sum()));
            }
            parts.add(new Part(entry.getName(), part.sha256()));
        }
        throw new BackupRefused("El respaldo está dañado: le falta el manifiesto.");
    }

    private static Manifest manifest(byte[] json) throws IOException {
        refuseNewerFormat(json);
        return BackupWriter.JSON.readValue(json, Manifest.class);
    }

    private static void refuseNewerFormat(byte[] json) throws IOException {
        JsonNode tree = BackupWriter.JSON.readTree(json);
        int format = tree.path("formato").asInt();
        if (format > Manifest.FORMAT) {
            throw new BackupRefused(("El respaldo es de un formato más nuevo (%d) que el que este programa conoce "
                            + "(%d); usa la versión que lo hizo.")
                    .formatted(format, Manifest.FORMAT));
        }
    }

    private static Manifest checked(Manifest manifest, List<Part> parts, List<Rows> tables) {
        if (!manifest.parts().equals(parts) || !manifest.tables().equals(tables)) {
            throw new BackupRefused("El respaldo está dañado: sus partes no son las que dice el manifiesto.");
        }
        return manifest;
    }

    /** Counts and sums the bytes of one part; closing it does not close the archive. */
    private static final class Watched extends FilterInputStream {
        private final MessageDigest digest = Digests.sha256();
        private final RowChecksum rows = new RowChecksum();

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                digest.update(bytes, offset, read);
                rows.update(bytes, offset, read);
            }
            return read;
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {}
    }
}
