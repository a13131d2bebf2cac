package com.electroisla.backup;

import com.electroisla.backup.Manifest.Part;
import com.electroisla.backup.Manifest.Rows;
import com.electroisla.backup.Schema.Table;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup: a ZIP archive (encrypted as a whole when there is a key) with the schema, the rows of each table
 * and the manifest, and the seal behind it.
 *
 * <p>Invariant: the file has its name only once it is whole and on the disk ({@link PartialFile}).
 */
final class BackupWriter implements AutoCloseable {
    static final String SCHEMA = "esquema.json";
    static final String MANIFEST = "manifiesto.json";
    static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path file;
    private final PartialFile partial;
    private final Sealing seal;
    private final boolean encrypted;
    private final OutputStream buffered;
    private final OutputStream body;
    private final ZipOutputStream zip;
    private final List<Part> parts = new ArrayList<>();
    private final List<Rows> tables = new ArrayList<>();

    BackupWriter(Path file, Optional<String> key) throws IOException {
        this.file = file;
        this.partial = PartialFile.beside(file);
        this.seal = new Sealing(new BufferedOutputStream(partial.out(), 1 << 16));
        this.encrypted = key.isPresent();
        this.buffered = new BufferedOutputStream(seal, 1 << 13);
        this.body = encrypted ? Encryption.encrypting(buffered, key.get()) : buffered;
        this.zip = new ZipOutputStream(body);
    }

    void schema(Schema schema) throws IOException {
        ObjectNode json = JSON.valueToTree(schema);
        json.put("formato", Manifest.FORMAT);
        MessageDigest digest = begin(SCHEMA);
        byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        digest.update(bytes);
        zip.write(bytes);
        end(SCHEMA, digest);
    }

    /** Gives out the rows of a table. */
    interface RowSource {
        void giveTo(BackupSql.RowSink sink) throws IOException;
    }

    void table(Table table, RowSource source) throws IOException {
        String name = "tablas/%04d.copy".formatted(tables.size() + 1);
        MessageDigest digest = begin(name);
        RowChecksum checksum = new RowChecksum();
        source.giveTo(row -> {
            checksum.update(row, 0, row.length);
            digest.update(row);
            zip.write(row);
        });
        tables.add(new Rows(table.name(), checksum.rows(), checksum.sum()));
        end(name, digest);
    }

    private MessageDigest begin(String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        return Digests.sha256();
    }

    private void end(String name, MessageDigest digest) throws IOException {
        zip.closeEntry();
        parts.add(new Part(name, HexFormat.of().formatHex(digest.digest())));
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    List<Rows> tables() {
        return List.copyOf(tables);
    }

    /** Writes the manifest and the seal, and gives the file its name. */
    void finish(Manifest manifest) throws IOException {
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        zip.closeEntry();
        if (!encrypted) {
            zip.setComment(Sealing.PLACE);
        }
        zip.finish();
        if (encrypted) {
            body.close();
            buffered.write(Sealing.PLACE.getBytes(StandardCharsets.US_ASCII));
        }
        buffered.flush();
        seal.seal();
        try {
            partial.becomes(file);
        } catch (FileAlreadyExistsException another) {
            throw alreadyThere(file);
        }
    }

    static BackupRefused alreadyThere(Path file) {
        return new BackupRefused(file + " ya existe, y un respaldo no se escribe sobre otro.");
    }

    /** Deletes the file of a backup that was not finished. */
    @Override
    public void close() throws IOException {
        partial.close();
    }
}
