package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.RegisterOutcome;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.reservation.ReservationOutcome;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables that this shop does not use stay as the old one left them, row by row: waiting registrations, codes,
 * favourites, notices and Django's own.
 */
class UntouchedTablesIT {
    /** The tables that a sign-in, a registration and a purchase write to. */
    private static final Set<String> USED = Set.of(
            "auth_user",
            "user_profiles",
            "carts",
            "cart_items",
            "cart_audit_logs",
            "productos",
            "stock_reservations",
            "pedidos",
            "detalles_pedido",
            "login_attempts",
            "refresh_tokens",
            "token_blacklist",
            "audit_logs",
            "django_migrations");

    private ShopFixture shop;

    @AfterEach
    void close() {
        shop.close();
    }

    /** The rows by table, without ours. */
    private Map<String, String> unused() {
        Map<String, String> sums = new TreeMap<>();
        for (String line : TableRows.checksums(shop.shop.database())) {
            sums.put(line.split(" ")[0], line);
        }
        sums.keySet().removeAll(USED);
        return sums;
    }

    private static Map<String, String> of(Map<String, String> before, Map<String, String> now) {
        Map<String, String> same = new TreeMap<>(now);
        same.keySet().retainAll(before.keySet());
        return same;
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19, 20, 33})
    void what_nobody_used_is_the_same_after_the_takeover_after_a_busy_day_and_after_the_way_back(int level)
            throws Exception {
        shop = new ShopFixture(LegacyDatabase.create(level));
        Map<String, String> before = unused();
        List<String> alive = level == 33
                ? List.of("email_verifications", "api_passwordrecoverycode", "favoritos", "notificaciones")
                : List.of("favoritos", "notificaciones");
        alive.forEach(table -> assertTrue(before.get(table).matches(table + " [1-9].*"), () -> before.get(table)));

        Migrations migrations = new Migrations(shop.shop.database());
        assertInstanceOf(Done.class, migrations.migrateTo(Target.LATEST, false, true, _ -> {}));
        assertEquals(before, of(before, unused()), "after the takeover");

        buy();
        assertEquals(before, of(before, unused()), "after a busy day");

        assertInstanceOf(Done.class, migrations.migrateTo(new Target.Number(Math.min(level, 19)), true, _ -> {}));
        assertEquals(before, of(before, unused()), "after the way back");
    }

    private void buy() throws Exception {
        shop.shop.initialiseStock().run(_ -> {});
        Client client = new Client(InetAddress.getByName("192.0.2.1"), "prueba");
        assertInstanceOf(
                LogInOutcome.LoggedIn.class,
                shop.shop.accounts().login().logIn("cliente0@correo.test", "Cliente-0", client));
        assertInstanceOf(
                RegisterOutcome.Registered.class,
                shop.shop.accounts().registration().register("nueva", "nueva@example.com", "Isla#verde7", client));
        int buyer = (int) shop.number("SELECT id FROM auth_user WHERE username = 'cliente0'");
        long product = shop.number("SELECT min(id) FROM productos WHERE activo AND stock_total - stock_reservado - "
                + "stock_vendido > 50 AND precio_final(precio, descuento) < 10000");
        shop.sql("DELETE FROM cart_items WHERE cart_id IN (SELECT id FROM carts WHERE user_id = ?)", buyer);
        shop.inCart(buyer, product, 2);
        assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(buyer));
        assertInstanceOf(ReservationOutcome.Ordered.class, shop.pay(buyer));
        shop.shop.expireReservations().run();
    }
}
