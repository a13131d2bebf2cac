package com.electroisla.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.MigratedDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamageIT {
    private static final Optional<String> KEY = Optional.of("una clave de verdad");

    @TempDir
    private Path folder;

    private static String refusal(Path file, Optional<String> key) {
        return assertThrows(BackupRefused.class, () -> new BackupReader(file, key).verify())
                .getMessage();
    }

    private byte[] backup(Optional<String> key) throws IOException {
        Path file = folder.resolve("bueno.eib");
        RoundTripIT.backup(MigratedDatabase.create(), file, key);
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_bit_that_is_not_what_it_was_is_noticed_wherever_it_is(boolean encrypted) throws IOException {
        Optional<String> key = encrypted ? KEY : Optional.empty();
        byte[] good = backup(key);
        Path file = folder.resolve("malo.eib");
        int tried = 0;
        for (int at = 0;
                at < good.length;
                at = at < 80 || at >= good.length - 120 ? at + 1 : Math.min(at + 97, good.length - 120)) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            Files.write(file, bad);
            refusal(file, key);
            tried++;
        }
        assertTrue(tried > 250, "only " + tried);
        Files.write(file, good);
        assertEquals(Manifest.FORMAT, new BackupReader(file, key).verify().format());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_file_that_ends_early_or_goes_on_is_refused(boolean encrypted) throws IOException {
        Optional<String> key = encrypted ? KEY : Optional.empty();
        byte[] good = backup(key);
        Path file = folder.resolve("malo.eib");
        for (int length = 0; length < good.length; length += length < 100 ? 1 : 211) {
            Files.write(file, Arrays.copyOf(good, length));
            refusal(file, key);
        }
        Files.write(file, Arrays.copyOf(good, good.length - 1));
        assertTrue(refusal(file, key).contains("dañado o incompleto"));
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertTrue(refusal(file, key).contains("dañado o incompleto"));
    }

    @Test
    void encrypted_pieces_in_another_order_or_left_off_are_noticed_even_under_a_seal_that_fits() throws IOException {
        // Incompressible rows, so that there are several pieces.
        JdbcTarget target = LegacyDatabase.create(19);
        try (Database database = new Database(target, 1)) {
            database.useTransaction(handle -> handle.execute(
                    "CREATE TABLE ruido AS SELECT sha512(n::text::bytea) AS b FROM generate_series(1, 4000) n"));
        }
        Path file = folder.resolve("bueno.eib");
        RoundTripIT.backup(target, file, KEY);
        byte[] good = Files.readAllBytes(file);
        int first = Encryption.MAGIC.length + 20;
        int piece = 4 + ByteBuffer.wrap(good).getInt(first);
        assertTrue(first + 3 * piece < good.length);
        byte[] moved = good.clone();
        System.arraycopy(good, first, moved, first + piece, piece);
        System.arraycopy(good, first + piece, moved, first, piece);

        assertTrue(refusal(sealed(Arrays.copyOf(moved, moved.length - Sealing.LENGTH)), KEY)
                .contains("clave"));
        assertTrue(refusal(sealed(Arrays.copyOf(good, first + 2 * piece)), KEY).contains("dañado"));
    }

    @Test
    void another_key_and_none_are_refused_with_the_reason() throws IOException {
        backup(KEY);
        Path file = folder.resolve("bueno.eib");
        assertEquals(
                "La clave no es la de este respaldo (o alguien lo cambió sin conocerla).",
                refusal(file, Optional.of("otra clave distinta")));
        assertTrue(refusal(file, Optional.empty()).startsWith("El respaldo está cifrado"));
    }

    @Test
    void foreign_files_are_refused_by_name() throws IOException {
        Path text = Files.writeString(folder.resolve("texto.eib"), "-- PostgreSQL database dump\n");
        assertEquals(
                text + " no es un respaldo de Electro Isla (o está dañado desde el principio).",
                refusal(text, Optional.empty()));
        Path zip = folder.resolve("otro.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("una-carta.txt"));
        }
        assertTrue(refusal(zip, Optional.empty()).contains("no es un respaldo"));
        assertTrue(refusal(Files.createFile(folder.resolve("vacio")), Optional.empty())
                .contains("no es un respaldo"));
    }

    @Test
    void a_newer_format_is_refused_with_both_numbers() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(BackupWriter.SCHEMA));
            zip.write("{\"formato\": 2, \"algo\": []}".getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(refusal(sealed(bytes.toByteArray()), Optional.empty())
                .contains("formato más nuevo (2) que el que este programa conoce (1)"));
    }

    @Test
    void a_newer_migration_is_refused_and_nothing_is_touched() throws IOException {
        JdbcTarget newer = MigratedDatabase.create();
        try (Database database = new Database(newer, 1)) {
            database.useTransaction(handle -> handle.execute(
                    "INSERT INTO electro_isla_migraciones VALUES (9001, '9001_futuro', '2030-01-01Z', 'propia')"));
        }
        Path file = folder.resolve("futuro.eib");
        RoundTripIT.backup(newer, file, Optional.empty());
        JdbcTarget target = MigratedDatabase.create();
        var before = Dump.of(target);

        String reason = assertThrows(BackupRefused.class, () -> RoundTripIT.restore(target, file, Optional.empty()))
                .getMessage();

        assertTrue(reason.contains("migración 9001"), reason);
        assertEquals(before, Dump.of(target));
    }

    private Path sealed(byte[] content) throws IOException {
        Path file = folder.resolve("sellado.eib");
        try (Sealing out = new Sealing(Files.newOutputStream(file))) {
            out.write(content);
            out.write(Sealing.PLACE.getBytes(StandardCharsets.US_ASCII));
            out.seal();
        }
        return file;
    }
}
