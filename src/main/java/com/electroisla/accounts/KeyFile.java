package com.electroisla.accounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * A private signing key, in {@code claves/} under the home; each kind has a file of its own ({@link Signing}).
 *
 * <p>Folder and file are created with their permissions (0700, 0600), not tightened afterwards. The file appears whole
 * and durable or not at all, and two processes that make it at once end with the same key: each writes it under
 * another name and links it into place, which fails for the second.
 */
final class KeyFile {
    private final Path folder;
    private final Signing kind;
    private final Path file;

    KeyFile(Path folder, Signing kind) {
        this.folder = folder;
        this.kind = kind;
        this.file = folder.resolve(kind.file);
    }

    PublicJsonWebKey readOrMake() {
        try {
            if (!Files.exists(file)) {
                make();
            }
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
            if (key.getPrivateKey() == null || key.getKeyId() == null || !kind.fits(key)) {
                throw new JoseException("no private key of this kind in it");
            }
            return key;
        } catch (JoseException malformed) {
            throw new IllegalStateException(
                    file + " is not a signing key; move it away and a new one is made", malformed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void make() throws IOException, JoseException {
        Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder)) {
            makeFolder();
        }
        PublicJsonWebKey key = kind.make();
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        Path written = folder.resolve("." + UUID.randomUUID());
        try {
            write(written, key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException somebodyWasFirst) {
            // The other process was first; its key is used.
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private void makeFolder() throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException somebodyWasFirst) {
            // The other process sets the same permissions.
        }
    }

    private static void write(Path path, String text) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(path, options, ownerOnly)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
