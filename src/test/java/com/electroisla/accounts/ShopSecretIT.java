package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.logs.HeardLines;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secret that the instances of a shop share. Each derivation takes a thousandth of the work. */
class ShopSecretIT {
    private static final String URL = "postgresql://tienda:clave-1@a:5432/tienda";

    @TempDir
    Path folder;

    private final ShopFixture shop = new ShopFixture();
    private final List<String> salts = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        shop.close();
    }

    /** The secret of an instance with this address of the database; empty for the included one. */
    private ShopSecret secret(ShopFixture of, String url, String home) {
        return new ShopSecret(
                of.shop.database(),
                of.clock,
                Optional.of(url).filter(it -> !it.isEmpty()).map(URI::create),
                folder.resolve(home),
                (digest, password, salt, iterations) -> {
                    salts.add(salt);
                    return KeyDerivation.JDK.derive(digest, password, salt, iterations / 1_000);
                });
    }

    private ShopSecret ready(String url, String home) {
        ShopSecret secret = secret(shop, url, home);
        secret.makeReady();
        return secret;
    }

    private byte[] code(String url, String home) {
        return ready(url, home).hash("codigo", "sal", "123456");
    }

    @Test
    void instances_with_one_password_share_it_and_others_do_not() {
        byte[] here = code(URL, "x");

        assertArrayEquals(here, code("postgresql://tienda:clave-1@b,a:5432/tienda", "y"));
        assertFalse(Arrays.equals(here, code("postgresql://tienda:clave-2@a:5432/tienda", "x")));
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void two_shops_with_one_password_have_two_secrets() {
        try (var other = new ShopFixture()) {
            other.sql("UPDATE secreto_tienda SET sal = sha256('otra')");
            ShopSecret theirs = secret(other, URL, "x");
            theirs.makeReady();
            assertFalse(Arrays.equals(code(URL, "x"), theirs.hash("codigo", "sal", "123456")));
        }
    }

    @Test
    void instances_that_start_together_on_a_database_without_a_salt_agree_on_one() throws Exception {
        shop.sql("DELETE FROM secreto_tienda");
        Callable<String> one = () -> HexFormat.of().formatHex(code(URL, "x"));
        try (var threads = Executors.newFixedThreadPool(4)) {
            assertEquals(
                    1,
                    threads.invokeAll(Collections.nCopies(8, one)).stream()
                            .map(each -> each.resultNow())
                            .distinct()
                            .count());
        }
        assertEquals(32, shop.number("SELECT length(sal) FROM secreto_tienda"));
    }

    @Test
    void a_password_is_the_same_however_the_address_writes_it() {
        assertArrayEquals(
                code("postgresql://tienda:cla+ve@a/tienda", "x"), code("postgresql://tienda:cl%61%2Bve@a/tienda", "x"));
    }

    @Test
    void without_a_password_a_file_that_its_owner_alone_reads_keeps_it() throws Exception {
        byte[] before = code("", "claves");

        assertArrayEquals(before, code("postgresql://tienda@a/tienda", "claves"));
        Path file = folder.resolve("claves/secreto.hex");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("claves"))));
        assertEquals(List.of(), salts);
        Files.writeString(file, "0123");
        assertThrows(IllegalStateException.class, () -> code("", "claves"));
    }

    @Test
    void purposes_and_the_borders_between_texts_make_a_difference() {
        ShopSecret secret = ready("", "claves");

        assertFalse(Arrays.equals(secret.hash("codigo", "a", "b"), secret.hash("refresh", "a", "b")));
        assertFalse(Arrays.equals(secret.hash("codigo", "a", "b"), secret.hash("codigo", "ab")));
        assertFalse(Arrays.equals(secret.hash("codigo", "a", "b"), secret.hash("codigo", "", "ab")));
    }

    @Test
    void a_day_long_hashes_are_those_of_the_release_before_and_both_are_recognised_an_hour_longer()
            throws GeneralSecurityException {
        shop.sql("UPDATE secreto_tienda SET vale_desde = now() + interval '1 day'");
        ShopSecret secret = ready(URL, "x");
        byte[] before = secret.hash("codigo", "sal", "123456");
        assertArrayEquals(ofTheReleaseBefore(), before);

        shop.clock.advance(Duration.ofDays(1));
        secret.renew();
        byte[] after = secret.hash("codigo", "sal", "123456");
        assertFalse(Arrays.equals(before, after));
        assertTrue(recognises(secret, before) && recognises(secret, after));

        shop.clock.advance(Duration.ofHours(1));
        secret.renew();
        assertTrue(!recognises(secret, before) && recognises(secret, after));
        assertEquals(2, salts.size(), "each is derived once");
    }

    private static byte[] ofTheReleaseBefore() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                KeyDerivation.JDK.derive(
                        KeyDerivation.Digest.SHA256, "clave-1", "electro isla: secreto de la tienda", 200),
                "HmacSHA256"));
        return mac.doFinal("codigo\0sal\000123456".getBytes(StandardCharsets.UTF_8));
    }

    private static boolean recognises(ShopSecret secret, byte[] hash) {
        return secret.recognised("codigo", "sal", "123456").stream().anyMatch(each -> Arrays.equals(each, hash));
    }

    @Test
    void a_salt_that_a_backup_brought_back_is_followed_within_the_next_round() {
        ShopSecret secret = ready(URL, "x");
        byte[] before = secret.hash("codigo", "sal", "123456");
        shop.sql("UPDATE secreto_tienda SET sal = sha256('de la copia')");
        secret.renew();
        assertFalse(Arrays.equals(before, secret.hash("codigo", "sal", "123456")));
    }

    @Test
    void an_instance_with_another_secret_says_so_once_and_the_last_one_that_started_counts() {
        try (HeardLines lines = HeardLines.of("electroisla.security")) {
            ShopSecret first = ready(URL, "x");
            first.renew();
            ready(URL, "y").renew();
            assertEquals(List.of(), told(lines));

            ShopSecret other = ready("postgresql://tienda:clave-2@a:5432/tienda", "x");
            other.renew();
            other.renew();
            first.renew();
            assertEquals(1, told(lines).size());
            assertTrue(told(lines).getFirst().endsWith("the same password in DATABASE_URL"), told(lines)::toString);
            ready(URL, "z").renew();
            assertEquals(2, told(lines).size());
        }
        assertFalse(
                shop.text("SELECT encode(huella, 'hex') FROM secreto_tienda").isEmpty());
    }

    private static List<String> told(HeardLines lines) {
        return lines.problems().stream()
                .filter(line -> line.contains("another secret"))
                .toList();
    }

    @Test
    void what_lasts_is_keyed_with_the_salt_from_the_first_moment() {
        shop.sql("UPDATE secreto_tienda SET vale_desde = now() + interval '1 day'");
        ShopSecret secret = ready(URL, "x");
        byte[] lasting = secret.lasting("factor");
        shop.clock.advance(Duration.ofDays(2));
        secret.renew();
        assertArrayEquals(lasting, secret.lasting("factor"));
        assertArrayEquals(lasting, ready(URL, "y").lasting("factor"));
    }
}
