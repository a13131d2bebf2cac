package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Role;
import com.electroisla.command.ManageRun;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.MigrationOutcome.Refused;
import com.electroisla.order.Orders;
import com.electroisla.reservation.ReservationOutcome;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator's migration on the real databases of the old shop: forwards, use, back, sales by the old shop, forwards
 * again.
 */
class LegacyRoundTripIT {
    /** The buyers in the dumps: cliente1 to cliente5. */
    private static final List<Integer> BUYERS = List.of(16, 17, 18, 19, 20);

    private ShopFixture shop;
    private Migrations migrations;
    private final List<String> lines = new ArrayList<>();

    private void open(int level) {
        shop = new ShopFixture(LegacyDatabase.create(level));
        migrations = new Migrations(shop.shop.database());
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void migrate(Target target, boolean force) {
        lines.clear();
        MigrationOutcome outcome = migrations.migrateTo(target, force, lines::add);
        assertInstanceOf(Done.class, outcome, outcome::toString);
    }

    private LogInOutcome<?> logIn(String name, String password) throws Exception {
        return shop.shop
                .accounts()
                .login()
                .logIn(name, password, new Client(InetAddress.getByName("192.0.2.7"), "prueba"));
    }

    /** The units of each product that can still be bought by the column that the old shop reads. */
    private Map<String, String> stock() {
        return byProduct("stock");
    }

    private Map<String, String> available() {
        return byProduct("stock_total - stock_reservado - stock_vendido");
    }

    private Map<String, String> byProduct(String figure) {
        Map<String, String> figures = new TreeMap<>();
        shop.texts("SELECT id || '=' || (" + figure + ") FROM productos")
                .forEach(row -> figures.put(row.split("=")[0], row.split("=")[1]));
        return figures;
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19, 20, 33})
    void over_use_back_sales_by_the_old_shop_and_over_again_lose_nothing(int level) throws Exception {
        open(level);
        int back = level <= 19 ? 18 : 19;
        Map<String, String> before = TableRows.byId(shop.shop.database());
        long product = shop.number("SELECT min(id) FROM productos WHERE activo AND stock BETWEEN 50 AND 300 AND "
                + "precio BETWEEN 1 AND 9999");

        migrate(new Target.Number(19), false);
        shop.shop.initialiseStock().run(each -> {});
        migrations.migrateTo(Target.LATEST, false, true, lines::add);
        assertEquals(List.of(), shop.differences());
        int units = Integer.parseInt(available().get(String.valueOf(product)));
        use(product);
        assertEquals(List.of(), shop.differences());
        assertEquals(String.valueOf(units - 3), available().get(String.valueOf(product)), "two are sold, one is held");

        if (back == 18) {
            assertInstanceOf(Refused.class, migrations.migrateTo(new Target.Number(18), false, lines::add));
        }
        migrate(new Target.Number(back), true);
        assertEquals(
                ReadSchema.ofDjango(level == 18 || level == 19 ? 18 : level), ReadSchema.whole(shop.shop.database()));
        assertEquals(String.valueOf(units - (back == 18 ? 2 : 3)), stock().get(String.valueOf(product)));
        List<String> untouched = TableRows.changes(before, TableRows.byId(shop.shop.database())).stream()
                .map(change -> change.split(" ")[0])
                .distinct()
                .toList();
        assertTrue(touchedByUse(level).containsAll(untouched), untouched::toString);
        assertTrue(verifies("Cliente-1", shop.text("SELECT password FROM auth_user WHERE username = 'cliente1'")));
        assertTrue(verifies(
                "contraseña-ñ€漢字🔑", shop.text("SELECT password FROM auth_user WHERE username = 'josé_ñandú'")));

        theOldShopSells(product, back);
        Map<String, String> left = stock();
        migrate(Target.LATEST, false);
        shop.shop.initialiseStock().run(each -> {});
        assertEquals(List.of(), shop.differences());
        assertEquals(left, available());
        assertEquals("2", shop.text("SELECT stock_vendido FROM productos WHERE id = ?", product));

        migrate(new Target.Number(back), true);
        assertEquals(
                ReadSchema.ofDjango(level == 18 || level == 19 ? 18 : level), ReadSchema.whole(shop.shop.database()));
        migrate(Target.LATEST, false);
        assertEquals(List.of(), shop.differences());
    }

    /**
     * Uses the shop: old passwords, which are then kept in our hashes, a sale, a cancelled sale, a hold that expires,
     * and one that is live during the step back.
     */
    private void use(long product) throws Exception {
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("cliente1", "Cliente-1"));
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("josé_ñandú", "contraseña-ñ€漢字🔑"));
        assertInstanceOf(LogInOutcome.Refused.class, logIn("inactiva", "Inactiva-1"));
        hashedByUs("cliente1", "Cliente-1");
        hashedByUs("josé_ñandú", "contraseña-ñ€漢字🔑");

        BUYERS.forEach(buyer -> {
            shop.sql("DELETE FROM cart_items WHERE cart_id IN (SELECT id FROM carts WHERE user_id = ?)", buyer);
            shop.inCart(buyer, product, 1);
        });
        for (int paying : BUYERS.subList(0, 3)) {
            assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(paying));
            assertInstanceOf(ReservationOutcome.Ordered.class, shop.pay(paying));
        }
        int cancelling = BUYERS.get(2);
        long order = shop.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", cancelling);
        shop.shop
                .database()
                .useTransaction(handle -> assertInstanceOf(
                        Orders.CancelOutcome.Cancelled.class,
                        shop.shop
                                .orders()
                                .cancel(
                                        handle,
                                        new Orders.Viewer(cancelling, Role.CLIENTE),
                                        order,
                                        shop.clock.now(handle))));
        assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(BUYERS.get(3)));
        shop.clock.advance(Duration.ofMinutes(16));
        shop.shop.expireReservations().run(each -> {});
        assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(BUYERS.get(4)));
    }

    /** The tables that the use above writes; every row of every other one stays as it was. */
    private static List<String> touchedByUse(int level) {
        List<String> touched = new ArrayList<>(List.of(
                "auth_user",
                "audit_logs",
                "cart_items",
                "carts",
                "detalles_pedido",
                "login_attempts",
                "pedidos",
                "refresh_tokens",
                "productos"));
        if (level == 19) {
            touched.add("django_migrations");
        }
        return touched;
    }

    /** Writes like Django's views: a delivery and a sale, which at 0019 the admin makes by editing stock_total. */
    private void theOldShopSells(long product, int level) {
        if (level == 18) {
            shop.sql("UPDATE productos SET stock = stock - 1, updated_at = now() WHERE id = ?", product);
            shop.sql("UPDATE productos SET stock = 7 WHERE id = (SELECT max(id) FROM productos)");
        } else {
            shop.sql("UPDATE stock_reservations SET status = 'expired' WHERE status = 'pending'");
            shop.sql("UPDATE productos SET stock = stock + stock_reservado, stock_reservado = 0 WHERE "
                    + "stock_reservado > 0");
            shop.sql(
                    "UPDATE productos SET stock_total = stock_total - 1, stock = stock - 1, updated_at = "
                            + "now() WHERE id = ?",
                    product);
        }
    }

    private void hashedByUs(String name, String password) {
        shop.sql(
                "UPDATE auth_user SET password = ? WHERE username = ?",
                shop.shop.manageAccounts().hash(password),
                name);
    }

    /** PBKDF2 by RFC 2898, one block of HMAC-SHA256: Django's computation, by another implementation than ours. */
    private static boolean verifies(String password, String stored) throws Exception {
        String[] parts = stored.split("\\$");
        assertEquals("pbkdf2_sha256", parts[0]);
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        hmac.update(parts[2].getBytes(StandardCharsets.UTF_8));
        byte[] round = hmac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] key = round.clone();
        for (int iteration = 1; iteration < Integer.parseInt(parts[1]); iteration++) {
            round = hmac.doFinal(round);
            for (int i = 0; i < key.length; i++) {
                key[i] ^= round[i];
            }
        }
        return Base64.getEncoder().encodeToString(key).equals(parts[3]);
    }

    @Test
    void what_a_django_beside_does_to_the_figures_at_0019_is_named_and_the_takeover_goes_on(@TempDir Path base) {
        open(19);
        Map<String, String> environment = Map.of("DATABASE_URL", ManageRun.url(shop.target));
        assertEquals(0, ManageRun.of(base, environment, "verificar_inventario").code());
        // Two requests read 0 and both write 1; two runs of its sweep end one hold and both subtract it.
        shop.sql("""
                INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, user_agent, producto_id,
                    usuario_id)
                SELECT 1, 'pending', now(), now() + interval '15 minutes', '', 8, usuario
                FROM unnest(ARRAY[8, 9]) AS usuario""");
        shop.sql("UPDATE productos SET stock_reservado = 1, stock = stock - 1 WHERE id = 8");
        shop.sql("UPDATE productos SET stock_reservado = stock_reservado - 1, stock = stock + 1 WHERE id = 24");

        ManageRun verified = ManageRun.of(base, environment, "verificar_inventario");
        assertEquals(1, verified.code());
        assertTrue(verified.out().contains("❌ 2 diferencias entre las cifras y las reservas"), verified::toString);
        assertTrue(
                verified.out().stream()
                        .anyMatch(line -> line.startsWith("ℹ️ 2 de esas diferencias son de la tienda antigua: estaban "
                                + "ya antes de que este programa")),
                verified::toString);

        migrate(Target.LATEST, false);
        ManageRun later = ManageRun.of(base, environment, "verificar_inventario");
        assertTrue(
                later.out().stream()
                        .anyMatch(line -> line.startsWith("ℹ️ 2 de esas diferencias son de la tienda antigua: estaban "
                                + "ya cuando se tomó la base, el 20")),
                later::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.contains("reservado_distinto") && line.endsWith("filas: 2 (8, 24)")),
                lines::toString);
        shop.sql("UPDATE stock_reservations SET expires_at = now() - interval '1 minute' WHERE status = 'pending'");
        shop.shop.expireReservations().run(each -> {});
        assertEquals(0, shop.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending'"));
        assertEquals(List.of(), shop.differences());
    }
}
