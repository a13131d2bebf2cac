package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Role;
import com.electroisla.command.ManageRun;
import com.electroisla.database.Database;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.TestPostgres;
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

/** The operator's Friday on both databases of the old shop: over, use, back, sales by the old shop, over again. */
class LegacyRoundTripIT {
    private static final int ALE = 2;
    private static final int BEATRIZ = 3;
    private static final int MARIO = 4;
    private static final int CLIENTE2 = 8;

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
        return shop.shop.accounts().login().logIn(name, password, new Client(InetAddress.getByName("192.0.2.7"), "prueba"));
    }

    /** What anybody can still buy of each product by the column that the old shop reads, at 0018. */
    private Map<String, String> stock() {
        Map<String, String> stock = new TreeMap<>();
        shop.texts("SELECT id || '=' || stock FROM productos").forEach(row -> stock.put(row.split("=")[0], row.split("=")[1]));
        return stock;
    }

    private static List<String> freshSchemaAt0018() {
        try (Database fresh = new Database(LegacyDatabase.create(18), 1)) {
            List<String> listing = Schema.listing(fresh);
            TestPostgres.drop(fresh.target());
            return listing;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19})
    void over_use_back_sales_by_the_old_shop_and_over_again_lose_nothing(int level) throws Exception {
        open(level);
        Map<String, String> before = TableRows.byId(shop.shop.database());
        Map<String, String> expectedStock = new TreeMap<>();
        shop.texts(level == 18 ? "SELECT id || '=' || stock FROM productos" : "SELECT id || '=' || stock_total - stock_vendido FROM productos")
                .forEach(row -> expectedStock.put(row.split("=")[0], row.split("=")[1]));

        List<String> held = level == 18 ? List.of() : shop.texts("SELECT id FROM productos WHERE stock_reservado > 0");

        migrate(new Target.Number(19), false);
        shop.shop.initialiseStock().run(each -> {});
        migrate(Target.LATEST, false);
        assertEquals(List.of(), shop.differences());
        use();
        assertEquals(List.of(), shop.differences());

        assertInstanceOf(Refused.class, migrations.migrateTo(new Target.Number(18), false, lines::add));
        migrate(new Target.Number(18), true);
        assertTrue(lines.contains("  Terminadas: 3 reservas vivas (cancelled) y 0 ya vencidas (expired)."), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains("stock = stock_total - stock_vendido")), lines::toString);
        assertEquals(freshSchemaAt0018(), Schema.listing(shop.shop.database()));
        expectedStock.computeIfPresent("16", (id, units) -> String.valueOf(Integer.parseInt(units) - 1));
        assertEquals(expectedStock, stock());
        assertEquals(used(level, held), TableRows.changes(before, TableRows.byId(shop.shop.database())));
        assertTrue(verifies("ale.123Q", shop.text("SELECT password FROM auth_user WHERE username = 'ale'")));
        assertTrue(verifies("contraseña-ñ", shop.text("SELECT password FROM auth_user WHERE username = 'josé'")));

        theOldShopSells();
        Map<String, String> left = stock();
        Map<String, String> untilThen = TableRows.byId(shop.shop.database());
        migrate(Target.LATEST, false);
        assertTrue(lines.stream().anyMatch(line -> line.contains("stock_total = stock + stock_vendido")), lines::toString);
        assertTrue(migrations.uninitialisedHint().orElseThrow().startsWith("2 productos"), () -> migrations.uninitialisedHint().toString());
        shop.shop.initialiseStock().run(each -> {});
        assertEquals(left, available());
        assertEquals("1", shop.text("SELECT stock_vendido FROM productos WHERE id = 16"));
        assertEquals(List.of(), shop.differences());

        migrate(new Target.Number(18), false);
        assertEquals(freshSchemaAt0018(), Schema.listing(shop.shop.database()));
        assertEquals(left, stock());
        assertEquals(List.of(), TableRows.changes(untilThen, TableRows.byId(shop.shop.database())));
        migrate(Target.LATEST, false);
        assertEquals(left, available());
        assertEquals(List.of(), shop.differences());
    }

    /** Old passwords, a sale, a sale that is cancelled, a hold that runs out, and one that is alive when the step back comes. */
    private void use() throws Exception {
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("ale", "ale.123Q"));
        assertInstanceOf(LogInOutcome.LoggedIn.class, logIn("josé", "contraseña-ñ"));
        assertInstanceOf(LogInOutcome.Refused.class, logIn("baja", "Baja#2025"));

        assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(ALE));
        assertInstanceOf(ReservationOutcome.Ordered.class, shop.pay(ALE));
        assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(CLIENTE2));
        assertInstanceOf(ReservationOutcome.Ordered.class, shop.pay(CLIENTE2));
        long order = shop.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", CLIENTE2);
        shop.shop.database().useTransaction(handle -> assertInstanceOf(Orders.CancelOutcome.Cancelled.class, shop.shop.orders()
                .cancel(handle, new Orders.Viewer(CLIENTE2, Role.CLIENTE), order, shop.clock.now(handle))));
        assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(BEATRIZ));
        shop.clock.advance(Duration.ofMinutes(16));
        shop.shop.expireReservations().run(each -> {});
        assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(MARIO));
    }

    /** Every row of the old shop's tables that the use above touched; the figures themselves are compared apart. */
    private static List<String> used(int level, List<String> held) {
        List<String> expected = new ArrayList<>(List.of(
                "auth_user 2 cambia", "auth_user 5 cambia",
                // The old shop kept the price without the discount; the checkout refreshed that line.
                "cart_items 1 falta", "cart_items 13 falta", "cart_items 5 cambia",
                "carts 1 cambia", "carts 7 cambia",
                "detalles_pedido 21 nueva", "detalles_pedido 22 nueva",
                "login_attempts 1 nueva", "login_attempts 2 nueva", "login_attempts 3 nueva",
                "pedidos 11 nueva", "pedidos 12 nueva",
                "refresh_tokens 1 nueva", "refresh_tokens 2 nueva",
                "productos 16 cambia"));
        if (level == 19) {
            expected.add("django_migrations 38 falta");
            // Their stock was what others held less than what it is without holds.
            held.forEach(product -> expected.add("productos " + product + " cambia"));
        }
        return expected.stream().sorted().toList();
    }

    /** Plain writes as Django's views make them at 0018: an order, a cart line, a delivery, a new product. */
    private void theOldShopSells() {
        shop.sql("UPDATE productos SET stock = stock - 3, updated_at = now() WHERE id = 6");
        shop.sql("UPDATE productos SET stock = stock - 1, updated_at = now() WHERE id = 16");
        shop.sql("""
                WITH pedido AS (
                    INSERT INTO pedidos (estado, metodo_pago, total, direccion_entrega, telefono, created_at, updated_at, usuario_id)
                    VALUES ('confirmado', 'tarjeta', 1538.76, 'Calle 23', '555-0100', now(), now(), 9) RETURNING id)
                INSERT INTO detalles_pedido (cantidad, precio_unitario, subtotal, pedido_id, producto_id)
                SELECT 3, 512.92, 1538.76, id, 6 FROM pedido""");
        shop.sql("UPDATE productos SET stock = 7 WHERE id = 5");
        shop.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel, en_carousel_card,
                    en_all_products, created_at, updated_at)
                VALUES ('Plancha', '', 20, 0, 11, 'otros', true, false, false, true, now(), now())""");
    }

    private Map<String, String> available() {
        Map<String, String> available = new TreeMap<>();
        shop.texts("SELECT id || '=' || stock_total - stock_reservado - stock_vendido FROM productos")
                .forEach(row -> available.put(row.split("=")[0], row.split("=")[1]));
        return available;
    }

    /** PBKDF2 as RFC 2898 has it, one block of HMAC-SHA256: what Django computes, by other means than ours. */
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
    void live_holds_carts_and_orders_go_on_after_the_takeover() {
        open(19);
        shop.sql("UPDATE stock_reservations SET expires_at = now() + interval '10 minutes' WHERE id = 15");
        migrate(Target.LATEST, false);
        assertEquals(16, shop.number("SELECT i.product_id FROM cart_items i JOIN carts c ON c.id = i.cart_id WHERE c.user_id = ?", ALE));
        assertEquals(1, shop.shop.orders().page(new Orders.Viewer(ALE, Role.CLIENTE), 10, 0).size());
        assertInstanceOf(ReservationOutcome.Ordered.class, shop.pay(ALE));
        assertEquals("confirmed", shop.text("SELECT status FROM stock_reservations WHERE id = 15"));
        assertEquals("1/0/1", shop.figures(1));
    }

    @Test
    void what_a_django_beside_does_to_the_figures_at_0019_is_named_and_the_takeover_goes_on(@TempDir Path base) {
        open(19);
        Map<String, String> environment = Map.of("DATABASE_URL", ManageRun.url(shop.target));
        assertEquals(0, ManageRun.of(base, environment, "verificar_inventario").code());
        // Two requests read 0 and both write 1; two runs of its sweep end one hold and both take it off.
        shop.sql("""
                INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, producto_id, usuario_id)
                SELECT 1, 'pending', now(), now() + interval '15 minutes', 4, usuario FROM unnest(ARRAY[8, 9]) AS usuario""");
        shop.sql("UPDATE productos SET stock_reservado = 1, stock = 39 WHERE id = 4");
        shop.sql("UPDATE stock_reservations SET status = 'expired' WHERE id = 4");
        shop.sql("UPDATE productos SET stock_reservado = 0, stock = 40 WHERE id = 11");

        ManageRun verified = ManageRun.of(base, environment, "verificar_inventario");
        assertEquals(1, verified.code());
        assertEquals(List.of(
                "  - Panel solar D3 (id 4): stock_reservado=1, pero sus reservas pendientes suman 2",
                "  - Freidora K10 (id 11): stock_reservado=0, pero sus reservas pendientes suman 1",
                "❌ 2 diferencias entre las cifras y las reservas"), verified.out());

        migrate(Target.LATEST, false);
        assertTrue(lines.stream().anyMatch(line -> line.contains("reservado_distinto") && line.endsWith("filas: 2 (4, 11)")), lines::toString);
        shop.clock.advance(Duration.ofMinutes(16));
        shop.shop.expireReservations().run(each -> {});
        assertEquals(0, shop.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending'"));
        assertEquals("40/0/0", shop.figures(4));
        assertEquals(List.of(), shop.differences());
    }
}
