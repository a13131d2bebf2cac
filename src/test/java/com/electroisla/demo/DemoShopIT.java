package com.electroisla.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import com.electroisla.demo.DemoShop.Found;
import com.electroisla.inventory.Inventory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DemoShopIT {
    private static final String HASH = "pbkdf2_sha256$1$sal$clave";

    private Database database;
    private DemoShop shop;

    @BeforeEach
    void an_empty_migrated_database() {
        database = new Database(TestPostgres.newDatabase(), 4);
        assertInstanceOf(
                MigrationOutcome.Done.class, new Migrations(database).migrateTo(new Target.Latest(), false, _ -> {}));
        shop = new DemoShop(database, DatabaseClock.REAL, Duration.ofMinutes(15));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void it_has_forty_products_in_the_five_categories_and_product_1_is_the_guides() {
        fill();

        assertTrue(number("SELECT count(*) FROM productos WHERE activo") >= 40);
        assertEquals(
                List.of("electrodomesticos", "energia_tecnologia", "herramientas", "hogar_entretenimiento", "otros"),
                texts("SELECT DISTINCT categoria FROM productos ORDER BY 1"));
        assertEquals(
                1,
                number("SELECT count(*) FROM productos WHERE id = 1 AND precio = 99.99 AND descuento = 0 "
                        + "AND stock_total >= 100"));
        assertEquals(0, number("SELECT count(*) FROM productos WHERE length(descripcion) < 20 OR precio < 1"));
    }

    @Test
    void it_has_every_role_every_reservation_status_and_every_order_state() {
        fill();

        assertEquals(
                List.of("admin", "cliente", "mensajero", "trabajador"),
                texts("SELECT DISTINCT rol FROM user_profiles ORDER BY 1"));
        assertEquals(
                List.of("cancelled", "confirmed", "expired", "pending"),
                texts("SELECT DISTINCT status FROM stock_reservations ORDER BY 1"));
        assertEquals(
                List.of("cancelado", "confirmado", "en_camino", "en_preparacion", "entregado", "pendiente"),
                texts("SELECT DISTINCT estado FROM pedidos ORDER BY 1"));
        assertEquals(
                0,
                number("SELECT count(*) FROM stock_reservations WHERE (status = 'pending') <> (expires_at "
                        + "> clock_timestamp() AND confirmed_at IS NULL AND cancelled_at IS NULL) AND status "
                        + "<> 'confirmed'"));
    }

    @Test
    void the_counters_agree_with_the_rows() {
        fill();

        assertEquals(List.of(), texts("""
                SELECT nombre FROM productos p
                WHERE stock_reservado <> (SELECT coalesce(sum(cantidad), 0) FROM stock_reservations r
                   WHERE r.producto_id = p.id AND status = 'pending')
                   OR stock_vendido <> (SELECT coalesce(sum(cantidad), 0) FROM stock_reservations r
                                     WHERE r.producto_id = p.id AND status = 'confirmed')
                                     + (SELECT coalesce(sum(delta_vendido), 0) FROM movimientos_stock m
                                         WHERE m.producto_id = p.id)
                   OR stock_total <> (SELECT sum(delta_total) FROM movimientos_stock m WHERE m.producto_id = p.id)
                   OR stock <> stock_total - stock_reservado - stock_vendido
                   OR stock <= 0
                """));
        List<Object> differences = new ArrayList<>();
        assertEquals(
                0,
                new Inventory(database, DatabaseClock.REAL).verify(Optional.empty(), differences::add),
                differences::toString);
        assertTrue(number("SELECT sum(stock_reservado) FROM productos") > 0);
        assertTrue(number("SELECT sum(stock_vendido) FROM productos") > 0);
        assertEquals(
                0,
                number("SELECT count(*) FROM pedidos WHERE total IS DISTINCT FROM (SELECT sum(cantidad * "
                        + "precio_unitario) FROM detalles_pedido d WHERE d.pedido_id = pedidos.id)"));
    }

    @Test
    void what_comes_next_gets_ids_above_the_demos() {
        fill();

        for (String table : List.of(
                "auth_user",
                "user_profiles",
                "productos",
                "pedidos",
                "detalles_pedido",
                "stock_reservations",
                "carts",
                "cart_items",
                "movimientos_stock")) {
            assertTrue(
                    number("SELECT nextval(pg_get_serial_sequence('" + table + "', 'id')) - coalesce(max(id), 0) FROM "
                                    + table)
                            > 0,
                    table);
        }
        assertTrue(number("SELECT nextval('checkouts_id_seq') - max(checkout_id) FROM stock_reservations") > 0);
    }

    @Test
    void a_held_cart_has_the_lines_of_its_checkout_and_that_is_its_buyers_last() {
        fill();

        assertEquals(0, number("""
                SELECT count(*) FROM stock_reservations r
                WHERE status = 'pending' AND NOT EXISTS (
                    SELECT FROM carts c JOIN cart_items i ON i.cart_id = c.id
                    WHERE c.user_id = r.usuario_id AND i.product_id = r.producto_id AND i.quantity = r.cantidad
                      AND i.price_at_addition = r.precio_unitario
                      AND r.checkout_id = (SELECT max(checkout_id) FROM stock_reservations o
                          WHERE o.usuario_id = r.usuario_id))
                """));
    }

    @Test
    void a_second_time_finds_it_and_changes_nothing() {
        fill();
        database.useTransaction(handle -> handle.execute("DELETE FROM cart_items"));

        assertInstanceOf(Found.AlreadyThere.class, shop.openOrFill(() -> {
            throw new AssertionError("no hash is needed");
        }));
        assertEquals(0, number("SELECT count(*) FROM cart_items"));
        assertTrue(database.read(DemoShop::isDemo));
    }

    @Test
    void another_shop_is_left_as_it_is() {
        database.useTransaction(handle -> handle.execute("""
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                VALUES ('!', false, 'alguien', '', '', '', false, true, now())
                """));

        assertInstanceOf(Found.AnotherShop.class, shop.openOrFill(() -> HASH));
        assertEquals(0, number("SELECT count(*) FROM productos"));
        assertFalse(database.read(DemoShop::isDemo));
    }

    @Test
    void a_failure_on_the_way_leaves_nothing() {
        assertThrows(
                IllegalStateException.class,
                () -> shop.openOrFill(() -> {
                    throw new IllegalStateException("sin turno");
                }));
        database.useTransaction(handle -> handle.execute("ALTER TABLE pedidos ADD CHECK (id < 3)"));
        assertThrows(RuntimeException.class, this::fill);

        assertEquals(0, number("SELECT count(*) FROM auth_user"));
        assertFalse(database.read(DemoShop::isDemo));
    }

    @Test
    void of_two_at_once_one_fills_it() throws Exception {
        List<Future<Found>> both;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Found> open = () -> shop.openOrFill(() -> HASH);
            both = threads.invokeAll(List.of(open, open));
        }

        assertEquals(
                List.of("AlreadyThere", "Filled"),
                Stream.of(both.get(0).get(), both.get(1).get())
                        .map(found -> found.getClass().getSimpleName())
                        .sorted()
                        .toList());
    }

    @Test
    void the_buyer_of_the_page_is_one_whose_cart_is_empty() {
        fill();
        assertEquals(new DemoShop.Buyer("comprador", true), shop.buyer());

        addToCartOf("comprador");
        assertEquals(new DemoShop.Buyer("comprador2", true), shop.buyer());

        addToCartOf("comprador2");
        addToCartOf("comprador3");
        assertEquals(new DemoShop.Buyer("comprador", false), shop.buyer());
    }

    @Test
    void a_shorter_time_to_live_still_leaves_live_holds() {
        shop = new DemoShop(database, DatabaseClock.REAL, Duration.ofSeconds(90));
        fill();

        assertEquals(
                0,
                number("SELECT count(*) FROM stock_reservations WHERE status = 'pending' AND expires_at "
                        + "<= clock_timestamp()"));
    }

    private void fill() {
        assertInstanceOf(Found.Filled.class, shop.openOrFill(() -> HASH));
    }

    private void addToCartOf(String username) {
        database.useTransaction(handle -> {
            handle.execute(
                    "INSERT INTO carts (user_id, created_at, updated_at) SELECT id, now(), now() "
                            + "FROM auth_user WHERE username = ?",
                    username);
            handle.execute("""
                    INSERT INTO cart_items (cart_id, product_id, quantity, price_at_addition, created_at, updated_at)
                    SELECT c.id, 1, 1, 99.99, now(), now() FROM carts c JOIN auth_user u ON u.id = c.user_id
                    WHERE username = ?
                    """, username);
        });
    }

    private long number(String sql) {
        return database.read(
                handle -> handle.createQuery(sql).mapTo(BigDecimal.class).one().longValueExact());
    }

    private List<String> texts(String sql) {
        return database.read(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
