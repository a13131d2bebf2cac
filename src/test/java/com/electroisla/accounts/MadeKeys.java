package com.electroisla.accounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;

/** Signing keys that tests share: an RSA key takes a good part of a second to make, a copy nothing. */
public final class MadeKeys {
    /** More than there are instances in any test. */
    private static final int COUNT = 3;

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Path[] MADE = new Path[COUNT];

    private MadeKeys() {}

    /** Puts a key into a folder that has none. Of two calls after each other each gets another key. */
    public static void into(Path folder) {
        String name = Signing.RSA.file;
        try {
            if (Files.exists(folder.resolve(name))) {
                return;
            }
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.copy(next().resolve(name), folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (FileAlreadyExistsException somebodyWasFirst) {
            // Another thread's key is as good.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path next() throws IOException {
        int index = Math.floorMod(NEXT.getAndIncrement(), COUNT);
        synchronized (MADE) {
            if (MADE[index] == null) {
                Path folder = Files.createTempDirectory("claves-de-prueba");
                new KeyFile(folder, Signing.RSA).readOrMake();
                folder.toFile().deleteOnExit();
                folder.resolve(Signing.RSA.file).toFile().deleteOnExit();
                MADE[index] = folder;
            }
            return MADE[index];
        }
    }
}
