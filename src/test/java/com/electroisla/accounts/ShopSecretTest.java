package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopSecretTest {
    @TempDir
    Path folder;

    private ShopSecret secret(String url, String home) {
        return new ShopSecret(Optional.of(url).filter(it -> !it.isEmpty()).map(URI::create), folder.resolve(home));
    }

    @Test
    void instances_with_one_password_share_it_and_others_do_not() {
        byte[] here = secret("postgresql://tienda:clave-1@a:5432/tienda", "x").hash("codigo", "sal", "123456");

        assertArrayEquals(
                here, secret("postgresql://tienda:clave-1@b,a:5432/tienda", "y").hash("codigo", "sal", "123456"));
        assertFalse(Arrays.equals(
                here, secret("postgresql://tienda:clave-2@a:5432/tienda", "x").hash("codigo", "sal", "123456")));
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void a_password_is_the_same_however_the_address_writes_it() {
        assertArrayEquals(
                secret("postgresql://tienda:cla+ve@a/tienda", "x").hash("codigo", "sal"),
                secret("postgresql://tienda:cl%61%2Bve@a/tienda", "x").hash("codigo", "sal"));
    }

    @Test
    void without_a_password_a_file_that_its_owner_alone_reads_keeps_it() throws Exception {
        byte[] before = secret("", "claves").hash("codigo", "sal", "123456");

        assertArrayEquals(
                before, secret("postgresql://tienda@a/tienda", "claves").hash("codigo", "sal", "123456"));
        Path file = folder.resolve("claves/secreto.hex");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("claves"))));
        Files.writeString(file, "0123");
        assertThrows(IllegalStateException.class, () -> secret("", "claves").hash("codigo", "sal"));
    }

    @Test
    void purposes_and_the_borders_between_texts_make_a_difference() {
        ShopSecret secret = secret("", "claves");

        assertFalse(Arrays.equals(secret.hash("codigo", "a", "b"), secret.hash("refresh", "a", "b")));
        assertFalse(Arrays.equals(secret.hash("codigo", "a", "b"), secret.hash("codigo", "ab")));
        assertFalse(Arrays.equals(secret.hash("codigo", "a", "b"), secret.hash("codigo", "", "ab")));
    }
}
