package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/how-to/postgresql-major.md, executed on a home that an earlier PostgreSQL made: this program with that version
 * in it.
 */
class PostgresMajorProcessIT {
    private static final Path PAGE = Path.of("docs/how-to/postgresql-major.md");

    @TempDir
    private Path folder;

    private Path before;
    private Path now;
    private Path home;

    @BeforeEach
    void two_programs_with_one_home() throws IOException {
        home = folder.resolve("casa");
        String settings = "ELECTRO_ISLA_HOME=" + home + "\n";
        now = InstalledProgram.install(folder.resolve("programa"), settings);
        before = InstalledProgram.install(folder.resolve("programa-antes"), settings);
        // Made for another class path, the cache would only be in the way.
        Files.deleteIfExists(before.resolve("build/app/comandos.aot"));
        // The bundle of PostgreSQL is looked up by name on the class path, and the earlier one comes first.
        Files.move(before.resolve("manage"), before.resolve("manage-nuevo"));
        Path manage = Files.writeString(before.resolve("manage"), """
                #!/bin/sh
                ELECTRO_ISLA_JAVA_OPTS='-Xbootclasspath/a:%s' exec "${0%%/*}/manage-nuevo" "$@"
                """.formatted(earlierBundle()));
        Files.setPosixFilePermissions(manage, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void a_home_of_the_postgresql_before_ours_is_taken_over_as_the_page_says_and_nothing_is_lost() throws Exception {
        Path catalogue = Files.writeString(
                folder.resolve("catalogo.csv"),
                "nombre,descripcion,precio,categoria,stock_total\nCañón «Ñ»,Grande,12.50,otros,7\n");
        manage(before, "migrate");
        manage(before, "loaddata", catalogue.toString());
        manage(before, "createsuperuser", "--noinput", "--username", "jefa", "--email", "jefa@example.com");
        String shop = shop(before);
        assertEquals("17", Files.readString(home.resolve("datos/PG_VERSION")).strip());

        Files.writeString(Files.createDirectory(home.resolve("claves")).resolve("una"), "clave");

        try (ExecutedPage page = new ExecutedPage(DocsPage.read(PAGE), "pagina", now, Map.of(), this::here)) {
            assertEquals(4, page.walk());
        }

        assertEquals("18", Files.readString(home.resolve("datos/PG_VERSION")).strip());
        assertEquals(shop, shop(now));
        assertEquals("clave", Files.readString(home.resolve("claves/una")));
        assertTrue(shop.contains("Cañón «Ñ»") && shop.contains("jefa"), shop);
        // The way back: the old program on the folder that was moved away.
        Files.writeString(before.resolve(".env"), "ELECTRO_ISLA_HOME=" + home + "-antes\n");
        assertEquals(shop, shop(before));
    }

    private String here(String text) {
        return text.replace("sudo -u electro-isla ", "")
                .replace("sudo ", "")
                .replace("-o electro-isla -g electro-isla ", "")
                .replace("/opt/electro-isla-antes", before.toString())
                .replace("/opt/electro-isla", now.toString())
                .replace("/var/lib/electro-isla", home.toString());
    }

    /** The products and users, by the program's own output. */
    private static String shop(Path program) throws Exception {
        Path script = Files.writeString(program.resolve("guion.sql"), """
                SELECT id, nombre, precio, stock, stock_total, stock_reservado, stock_vendido FROM productos
                ORDER BY id;
                SELECT id, username, email, password, is_superuser FROM auth_user ORDER BY id;
                """);
        Debian.Ended told = Debian.run(List.of("sh", "-c", "./manage dbshell --propia <guion.sql"), Map.of(), program);
        assertEquals(0, told.code(), told::text);
        Files.delete(script);
        return told.text();
    }

    private static void manage(Path program, String... words) {
        Debian.Ended ended = Debian.run(
                Stream.concat(Stream.of(program.resolve("manage").toString()), Stream.of(words))
                        .toList(),
                Map.of(),
                program);
        assertEquals(0, ended.code(), ended::text);
    }

    private static Path earlierBundle() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/earlier-postgres"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }
}
