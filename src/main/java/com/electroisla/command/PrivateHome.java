package com.electroisla.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the home accessible to its owner only: it contains keys, passwords, logs with people's addresses and the data.
 * A home that an operator made beforehand is usually open to all, and is closed here; but never a folder that contains
 * other files.
 */
final class PrivateHome {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<String> OURS =
            Set.of("datos", "arranque.lock", "claves", "clave-postgres", "logs", "respaldos", "postgres");

    private PrivateHome() {}

    static void ensure(Path home) {
        var view = Files.getFileAttributeView(home, PosixFileAttributeView.class);
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(home.toAbsolutePath().getParent());
                Files.createDirectory(home, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else if (view != null
                    && !OWNER_ONLY.containsAll(view.readAttributes().permissions())) {
                if (!isOurs(home)) {
                    throw new CommandRefused("La carpeta " + home + " (ELECTRO_ISLA_HOME) tiene cosas ajenas a la "
                            + "tienda y está abierta a otros usuarios:"
                            + " señala una carpeta vacía, o ciérrala si es solo para la tienda "
                            + "(chmod 700 " + home + ").");
                }
                view.setPermissions(OWNER_ONLY);
            }
        } catch (IOException denied) {
            if (isReadOnly(home)) {
                return; // the first write to it fails with a message that names the path
            }
            throw new CommandRefused("La carpeta " + home + " (ELECTRO_ISLA_HOME) no se puede crear o cerrar a otros "
                    + "usuarios; debe ser del usuario que"
                    + " ejecuta el programa, y de nadie más (chmod 700 " + home + ").");
        }
    }

    private static boolean isReadOnly(Path home) {
        try {
            return Files.getFileStore(home).isReadOnly();
        } catch (IOException unknown) {
            return false;
        }
    }

    /**
     * Whether the folder is empty or contains files that only a shop has. The file system's own folder does not count,
     * nor do the hidden files of a new system user's home.
     */
    private static boolean isOurs(Path home) throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            var names = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals("lost+found") && !name.startsWith("."))
                    .toList();
            return names.isEmpty() || names.stream().anyMatch(OURS::contains);
        }
    }
}
