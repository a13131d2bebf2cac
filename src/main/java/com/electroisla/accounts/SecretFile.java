package com.electroisla.accounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret of a shop whose database has no password, in {@code claves/secreto.hex} under the home. */
final class SecretFile {
    private static final int BYTES = 32;

    private final Path folder;
    private final Path file;

    SecretFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("secreto.hex");
    }

    byte[] readOrMake() {
        try {
            if (!Files.exists(file)) {
                byte[] made = new byte[BYTES];
                new SecureRandom().nextBytes(made);
                new PrivateFolder(folder).make(file, HexFormat.of().formatHex(made));
            }
            byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
            if (secret.length != BYTES) {
                throw new IllegalArgumentException("of the wrong length");
            }
            return secret;
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException(file + " is not a secret; move it away and a new one is made", malformed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
