package com.electroisla.accounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * A private signing key, in {@code claves/} under the home; each kind has a file of its own ({@link Signing}).
 *
 * <p>Two processes that make it at once end with the same key ({@link PrivateFolder}).
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
        PublicJsonWebKey key = kind.make();
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        new PrivateFolder(folder).make(file, key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    }
}
