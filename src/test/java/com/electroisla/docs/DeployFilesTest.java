package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code deploy/} fit the machine that they are for, and the guide names every one. */
class DeployFilesTest {
    private static final Path FOLDER = Path.of("deploy");

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "systemd is Linux's own")
    void systemd_finds_nothing_wrong_with_the_units() throws IOException {
        Path manage = Files.createFile(
                folder.resolve("manage"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        List<String> command =
                new ArrayList<>(List.of(Debian.program("systemd-analyze", "systemd"), "verify", "--man=no"));
        for (String unit : List.of("electro-isla.service", "electro-isla-sweep.service", "electro-isla-sweep.timer")) {
            String text = Files.readString(FOLDER.resolve(unit)).replace("=/opt/electro-isla/manage", "=" + manage);
            command.add(Files.writeString(folder.resolve(unit), text).toString());
        }
        Debian.Ended verified = Debian.run(command);
        assertEquals(
                new Debian.Ended(0, List.of()),
                new Debian.Ended(
                        verified.code(),
                        verified.output().stream()
                                .filter(line -> line.contains("electro-isla"))
                                .toList()));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "systemd is Linux's own")
    void a_unit_with_a_mistake_would_be_found() throws IOException {
        Path unit = Files.writeString(
                folder.resolve("malo.service"), "[Service]\nType=oneshot\nExecStart=/no/esta\nProtectSistem=yes\n");
        Debian.Ended verified = Debian.run(
                List.of(Debian.program("systemd-analyze", "systemd"), "verify", "--man=no", unit.toString()));
        assertTrue(verified.output().stream().anyMatch(line -> line.contains("/no/esta")), verified::toString);
        assertTrue(verified.output().stream().anyMatch(line -> line.contains("ProtectSistem")), verified::toString);
    }

    @Test
    void both_pages_name_every_file_and_every_link_of_the_docs_leads_to_one() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : markdown()) {
            String text = Files.readString(page);
            for (var link : Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)")
                    .matcher(text)
                    .results()
                    .toList()) {
                if (!Files.exists(page.toAbsolutePath().resolveSibling(link.group(1)))) {
                    missing.add(page + ": " + link.group(1));
                }
            }
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String page : List.of("docs/how-to/despliegue.md", "docs/how-to/deploy.md")) {
                    if (!Files.readString(Path.of(page))
                            .contains(file.getFileName().toString())) {
                        missing.add(page + " does not name " + file);
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private static List<Path> markdown() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> top = Files.list(Path.of("."))) {
            return Stream.concat(docs, top)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
