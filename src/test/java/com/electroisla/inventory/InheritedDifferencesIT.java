package com.electroisla.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.command.ManageRun;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import com.electroisla.inventory.Inventory.Difference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The differences between the old shop's figures and their rows when its database was taken over. */
class InheritedDifferencesIT {
    /** A product with 77 units, of which one is sold and one is held; the dump has the reservations of both. */
    private static final long SOLD_ONCE = 310;

    @TempDir
    private Path base;

    private ShopFixture shop;

    @BeforeEach
    void a_database_of_the_old_shop_at_its_0019() {
        shop = new ShopFixture(LegacyDatabase.create(19));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void migrate(Target target) {
        MigrationOutcome outcome = new Migrations(shop.shop.database()).migrateTo(target, false, line -> {});
        assertInstanceOf(MigrationOutcome.Done.class, outcome, outcome::toString);
    }

    private ManageRun run(int code, String... args) {
        ManageRun run = ManageRun.of(base, Map.of("DATABASE_URL", ManageRun.url(shop.target)), args);
        assertEquals(code, run.code(), run::toString);
        return run;
    }

    private String named(long product) {
        return "%s (id %d): ".formatted(shop.text("SELECT nombre FROM productos WHERE id = ?", product), product);
    }

    private void forgetTheBuyerOfTheSoldUnit() {
        shop.sql("DELETE FROM stock_reservations WHERE producto_id = ? AND status = 'confirmed'", SOLD_ONCE);
    }

    @Test
    void units_that_the_old_shop_sold_stay_sold_when_figures_are_mended_and_a_movement_explains_them() {
        forgetTheBuyerOfTheSoldUnit();
        migrate(Target.LATEST);
        List<String> told = run(1, "verificar_inventario").out();
        assertTrue(
                told.contains("  - " + named(SOLD_ONCE) + "stock_vendido=1, pero sus reservas "
                        + "confirmadas menos las devoluciones "
                        + "suman 0 (de la tienda antigua)"),
                told::toString);
        assertTrue(
                told.stream()
                        .anyMatch(line -> line.startsWith("ℹ️ 1 de esas")
                                && line.endsWith("sigue vendido y queda anotado como ajuste")),
                told::toString);

        assertEquals(
                List.of(
                        "  ✓ " + named(SOLD_ONCE)
                                + "stock_reservado 1 → 1, stock_vendido 1 → 1; 1 vendidas sin reserva, "
                                + "anotadas como ajuste",
                        "✅ 1 productos reparados"),
                run(0, "verificar_inventario", "--reparar").out());
        assertEquals("77/1/1", shop.figures(SOLD_ONCE));
        assertEquals(75, shop.number("SELECT stock FROM productos WHERE id = ?", SOLD_ONCE));
        assertEquals(
                "ajuste 0 1",
                shop.text(
                        "SELECT concat_ws(' ', tipo, delta_total, delta_vendido) "
                                + "FROM movimientos_stock WHERE producto_id = ?",
                        SOLD_ONCE));
        assertEquals(
                "1",
                shop.text(
                        "SELECT detalles #>> '{despues,ajuste}' FROM audit_logs "
                                + "WHERE accion = 'reparar' AND objeto_id = ?",
                        (int) SOLD_ONCE));
        run(0, "verificar_inventario");
    }

    @Test
    void what_was_sold_besides_by_nobody_is_mended_and_the_old_shops_sale_is_not() {
        forgetTheBuyerOfTheSoldUnit();
        migrate(Target.LATEST);
        shop.sql("UPDATE productos SET stock_vendido = 4 WHERE id = ?", SOLD_ONCE);
        assertEquals(
                List.of(false),
                shop.differences().stream().map(Difference::inherited).toList());
        assertEquals(
                "  ✓ " + named(SOLD_ONCE) + "stock_reservado 1 → 1, stock_vendido 4 → 1; 1 vendidas sin "
                        + "reserva, anotadas como ajuste",
                run(0, "verificar_inventario", "--reparar").out().getFirst());
        assertEquals("77/1/1", shop.figures(SOLD_ONCE));
        assertEquals(List.of(), shop.differences());
    }

    @Test
    void a_mark_goes_with_the_difference_that_it_was_for_and_a_later_one_is_ours() {
        forgetTheBuyerOfTheSoldUnit();
        long held = shop.number("""
                SELECT min(id) FROM productos p WHERE stock > 5 AND stock_total > 0
                   AND NOT EXISTS (SELECT FROM stock_reservations r WHERE r.producto_id = p.id)""");
        shop.sql("UPDATE productos SET stock_reservado = 5, stock = stock - 5 WHERE id = ?", held);
        migrate(Target.LATEST);
        assertEquals(
                List.of(true, true),
                shop.differences().stream().map(Difference::inherited).toList());
        run(0, "verificar_inventario", "--reparar");
        assertEquals(0, shop.number("SELECT count(*) FROM electro_isla_diferencias"));

        shop.sql("UPDATE productos SET stock_reservado = 3 WHERE id = ?", held);
        shop.sql("UPDATE productos SET stock_vendido = stock_vendido + 1 WHERE id = ?", SOLD_ONCE);
        assertEquals(
                List.of(false, false),
                shop.differences().stream().map(Difference::inherited).toList());
        assertFalse(run(1, "verificar_inventario").out().toString().contains("tienda antigua"));
        run(0, "verificar_inventario", "--reparar");
        assertEquals("77/1/1", shop.figures(SOLD_ONCE));
    }

    @Test
    void before_our_movements_are_there_a_sale_without_a_row_is_left_to_the_takeovers_mending() {
        forgetTheBuyerOfTheSoldUnit();
        assertTrue(run(1, "verificar_inventario")
                .out()
                .toString()
                .contains("lo conserva y anota ./manage migrate api 0019 --reparar"));
        List<String> refused = run(1, "verificar_inventario", "--reparar").out();
        assertEquals(
                "  ✗ " + named(SOLD_ONCE) + "sin cambios; stock_reservado 1 → 1, stock_vendido 1 → 1 y 1 "
                        + "vendidas sin reserva, que"
                        + " ./manage migrate api 0019 --reparar conserva y anota",
                refused.getFirst());
        assertEquals("77/1/1", shop.figures(SOLD_ONCE));

        run(0, "migrate", "api", "0019", "--reparar");
        assertEquals("77/0/1", shop.figures(SOLD_ONCE), "the hold was overdue");
        assertEquals(
                List.of(),
                shop.differences().stream()
                        .filter(each -> each.kind() == Difference.Kind.SOLD)
                        .toList());
        migrate(Target.LATEST);
        assertEquals(List.of(), shop.differences());
    }

    @Test
    void after_a_give_back_nobody_can_say_whose_a_difference_is_and_none_is_marked() {
        migrate(Target.LATEST);
        shop.sql(
                "UPDATE productos SET stock_reservado = stock_reservado + 1, stock_vendido = "
                        + "stock_vendido + 1 WHERE id = ?",
                SOLD_ONCE);
        migrate(new Target.Number(19));
        List<Difference> found = new ArrayList<>(shop.differences());
        assertEquals(
                List.of(Difference.Kind.RESERVED, Difference.Kind.SOLD),
                found.stream().map(Difference::kind).toList());
        assertEquals(
                List.of(false, false), found.stream().map(Difference::inherited).toList());
        assertFalse(run(1, "verificar_inventario").out().toString().contains("tienda antigua"));
    }

    @Test
    void a_list_of_differences_that_an_older_release_left_behind_stops_no_takeover() {
        shop.sql("CREATE TABLE electro_isla_diferencias (producto_id bigint, clase text, diferencia bigint)");
        shop.sql("INSERT INTO electro_isla_diferencias VALUES (?, 'vendido', 7)", SOLD_ONCE);
        migrate(Target.LATEST);
        assertEquals(0, shop.number("SELECT count(*) FROM electro_isla_diferencias"));
    }
}
