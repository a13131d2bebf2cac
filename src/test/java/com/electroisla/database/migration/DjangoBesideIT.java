package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.ShopFixture;
import com.electroisla.command.ManageRun;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome.Done;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The time between the guide's step 2 and the switch: our 0019 is applied and Django still runs, first the version
 * without the stock system, then the one with it. The statements are those of its views.
 */
class DjangoBesideIT {
    private static final List<String> AGREES = List.of("✅ El inventario cuadra con las reservas");
    private static final int VENTILADOR = 8;

    @TempDir
    private Path base;

    private ShopFixture shop;
    private Map<String, String> environment;

    @BeforeEach
    void takeSteps2And3() {
        shop = new ShopFixture(LegacyDatabase.create(18));
        environment = Map.of("DATABASE_URL", ManageRun.url(shop.target));
        assertEquals(
                0, ManageRun.of(base, environment, "migrate", "api", "0019").code());
        assertEquals(0, ManageRun.of(base, environment, "actualizar_stock").code());
        assertEquals(AGREES, verified(0));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<String> verified(int code) {
        ManageRun run = ManageRun.of(base, environment, "verificar_inventario");
        assertEquals(code, run.code(), run::toString);
        return run.out();
    }

    private String name(int product) {
        return shop.text("SELECT nombre FROM productos WHERE id = " + product);
    }

    private List<String> oneDifference(String what) {
        return List.of(
                "  - %s (id %d): %s".formatted(name(VENTILADOR), VENTILADOR, what),
                "❌ 1 diferencias entre las cifras y las reservas");
    }

    /** Data that only the old shop can have written: nothing of ours keeps figures yet. */
    private List<String> oneOfTheOldShops(String what) {
        return List.of(
                "  - %s (id %d): %s (de la tienda antigua)".formatted(name(VENTILADOR), VENTILADOR, what),
                "ℹ️ 1 de esas diferencias son de la tienda antigua: estaban ya antes de que este programa empezara a "
                        + "llevar las cifras. --reparar pone las"
                        + " cifras según las reservas; lo que vendió y ninguna reserva cuenta lo conserva y anota "
                        + "./manage migrate api 0019 --reparar",
                "❌ 1 diferencias entre las cifras y las reservas");
    }

    private int total() {
        return (int) shop.number("SELECT stock_total FROM productos WHERE id = ?", VENTILADOR);
    }

    /** {@code producto.save()}: writes every column as this request read it, over changes made meanwhile. */
    private void saves(int stock, int reserved, int sold) {
        shop.sql("""
                UPDATE productos SET nombre = nombre, descripcion = descripcion, precio = precio, stock = %d,
                    stock_total = stock_total,
                    stock_reservado = %d, stock_vendido = %d, updated_at = now()
                    WHERE id = %d""".formatted(stock, reserved, sold, VENTILADOR));
    }

    private void holds(int user, int quantity) {
        shop.sql("""
                INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, ip_address, user_agent,
                    producto_id, usuario_id)
                VALUES (%d, 'pending', now(), now() + interval '15 minutes', '192.0.2.7', 'Mozilla', %d,
                    %d)""".formatted(quantity, VENTILADOR, user));
    }

    @Test
    void carts_users_and_edited_texts_are_no_business_of_the_figures() {
        shop.sql("UPDATE cart_items SET quantity = quantity + 1, updated_at = now() WHERE id = 13");
        shop.sql("DELETE FROM cart_items WHERE id = 22");
        shop.sql("UPDATE auth_user SET last_login = now() WHERE id = 2");
        shop.sql("UPDATE productos SET nombre = nombre || ' nuevo', precio = precio + 1, updated_at = now() "
                + "WHERE id = 7");
        assertEquals(AGREES, verified(0));
    }

    @Test
    void a_product_that_the_old_code_inserts_is_named_as_not_initialised() {
        // Our 0019 has defaults, so a Django that does not know the figures can still insert.
        shop.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                    created_at, updated_at)
                VALUES ('Plancha', '', 20, 0, 11, 'otros', true, false, now(), now())""");
        assertEquals(
                "ℹ️ 1 productos sin inicializar: tienen stock y no se venden hasta "
                        + "ejecutar ./manage actualizar_stock",
                verified(0).getFirst());
        assertEquals(0, ManageRun.of(base, environment, "actualizar_stock").code());
        assertEquals(AGREES, verified(0));
    }

    @Test
    void a_sale_or_an_edit_of_stock_by_the_old_code_is_named_and_left_to_a_person() {
        int total = total();
        shop.sql("UPDATE productos SET stock = stock - 3, updated_at = now() WHERE id = " + VENTILADOR);
        assertEquals(
                oneDifference("stock=%d, pero su stock_disponible es %d".formatted(total - 3, total)), verified(1));

        ManageRun repaired = ManageRun.of(base, environment, "verificar_inventario", "--reparar");
        assertEquals(1, repaired.code(), repaired::toString);
        assertEquals(
                ("  ✗ %s (id %d): sin cambios; stock_reservado 0 → 0, stock_vendido 0 → 0 pero stock=%d y no %d; "
                                + "decide cuál vale, y pon stock o stock_total")
                        .formatted(name(VENTILADOR), VENTILADOR, total - 3, total),
                repaired.out().getFirst());
        assertEquals(total - 3, shop.number("SELECT stock FROM productos WHERE id = ?", VENTILADOR));

        shop.sql("UPDATE productos SET stock_total = stock WHERE id = " + VENTILADOR);
        assertEquals(AGREES, verified(0));
    }

    @Test
    void a_checkout_its_sale_and_a_hold_that_runs_out_agree_when_requests_come_one_by_one() {
        int total = total();
        holds(8, 2);
        saves(total - 2, 2, 0);
        assertEquals(AGREES, verified(0));
        shop.sql("UPDATE stock_reservations SET status = 'confirmed', confirmed_at = now() WHERE usuario_id = 8 "
                + "AND status = 'pending'");
        saves(total - 2, 0, 2);
        assertEquals(AGREES, verified(0));
        holds(9, 1);
        saves(total - 3, 1, 2);
        shop.sql("UPDATE stock_reservations SET status = 'expired' WHERE usuario_id = 9 AND status = 'pending'");
        saves(total - 2, 0, 2);
        assertEquals(AGREES, verified(0));
    }

    @Test
    void a_hold_that_two_requests_lost_between_them_is_named_and_mended() {
        int total = total();
        holds(8, 1);
        holds(9, 2);
        saves(total - 1, 1, 0);
        assertEquals(oneOfTheOldShops("stock_reservado=1, pero sus reservas pendientes suman 3"), verified(1));
        mends("  ✓ %s (id %d): stock_reservado 1 → 3, stock_vendido 0 → 0");
    }

    @Test
    void a_sale_that_a_save_in_the_admin_wrote_over_is_named_and_mended() {
        int total = total();
        holds(8, 2);
        shop.sql("UPDATE stock_reservations SET status = 'confirmed', confirmed_at = now() WHERE usuario_id = 8 "
                + "AND status = 'pending'");
        saves(total, 0, 0);
        assertEquals(
                oneOfTheOldShops("stock_vendido=0, pero sus reservas confirmadas menos las devoluciones suman 2"),
                verified(1));
        mends("  ✓ %s (id %d): stock_reservado 0 → 0, stock_vendido 0 → 2");
    }

    @Test
    void a_hold_that_two_sweeps_ended_is_named_and_mended() {
        int total = total();
        holds(8, 2);
        holds(9, 2);
        shop.sql("UPDATE stock_reservations SET status = 'expired' WHERE usuario_id = 8 AND status = 'pending'");
        saves(total, 0, 0);
        assertEquals(oneOfTheOldShops("stock_reservado=0, pero sus reservas pendientes suman 2"), verified(1));
        mends("  ✓ %s (id %d): stock_reservado 0 → 2, stock_vendido 0 → 0");
    }

    /** Repairs at 0019 and migrates on: then the units that the reservations leave can be bought. */
    private void mends(String line) {
        ManageRun repaired = ManageRun.of(base, environment, "verificar_inventario", "--reparar");
        assertEquals(0, repaired.code(), repaired::toString);
        assertEquals(
                line.formatted(name(VENTILADOR), VENTILADOR), repaired.out().getFirst());
        assertEquals(AGREES, verified(0));
        List<String> lines = new ArrayList<>();
        assertInstanceOf(
                Done.class,
                new Migrations(shop.shop.database()).migrateTo(Target.LATEST, false, lines::add),
                lines::toString);
        assertEquals(AGREES, verified(0));
        assertEquals(
                0,
                shop.number(
                        "SELECT stock_total - stock_reservado - stock_vendido - stock FROM productos WHERE id = ?",
                        VENTILADOR));
    }
}
