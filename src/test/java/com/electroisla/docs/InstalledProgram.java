package com.electroisla.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The packaged program as a how-to describes it: the real {@code manage} without sources. */
final class InstalledProgram {
    private InstalledProgram() {}

    /** Installs {@code manage}, the packaged program as its build, and these settings in {@code .env}. */
    static Path install(Path folder, String settings) throws IOException {
        Path app = Path.of("target/quarkus-app").toAbsolutePath();
        Path build = Files.createDirectories(folder.resolve("build/app"));
        Files.copy(Path.of("manage"), folder.resolve("manage"), StandardCopyOption.COPY_ATTRIBUTES);
        try (Stream<Path> parts = Files.list(app)) {
            for (Path part : parts.toList()) {
                Files.createSymbolicLink(build.resolve(part.getFileName().toString()), part);
            }
        }
        Files.createFile(build.resolve("fuentes"));
        Files.writeString(folder.resolve("build/current"), "app\n");
        Files.writeString(folder.resolve(".env"), settings);
        return folder;
    }
}
