package com.electroisla.favorites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.admin.StaffProducts;
import com.electroisla.audit.Actor;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The favourites of the old shop are ours as long as the database is, and go back with it; those of our own wait. */
class TakenOverFavoritesIT {
    private static final String ROWS =
            "SELECT usuario_id || ' ' || producto_id || ' ' || created_at FROM favoritos ORDER BY 1";

    private final List<String> lines = new ArrayList<>();
    private ShopFixture shop;

    @AfterEach
    void close() {
        shop.close();
    }

    private void migrate(Target target) {
        assertInstanceOf(Done.class, new Migrations(shop.shop.database()).migrateTo(target, true, lines::add));
    }

    private FavoriteOutcome add(int user, long product) {
        return ShopFixture.outcomeOf(shop.shop
                .cartTransaction()
                .run(
                        user,
                        Optional.empty(),
                        change -> shop.shop.favorites().add(change.handle(), user, product, change.now())));
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 33})
    void djangos_table_is_used_as_it_is_and_given_back_with_what_was_added(int level) {
        shop = new ShopFixture(LegacyDatabase.create(level));
        List<String> before = shop.texts(ROWS);
        assertTrue(before.size() > 10);
        migrate(Target.LATEST);
        assertEquals(before, shop.texts(ROWS));
        int buyer = (int) shop.number("SELECT id FROM auth_user WHERE username = 'cliente1'");
        long known = shop.number("""
                SELECT min(f.producto_id) FROM favoritos f JOIN productos p ON p.id = f.producto_id
                 WHERE p.activo AND f.producto_id NOT IN (SELECT producto_id FROM favoritos WHERE usuario_id = ?)
                """, buyer);
        long others = shop.number("SELECT count(*) FROM favoritos WHERE producto_id = ?", known);
        assertEquals(new FavoriteOutcome.Added(others + 1), add(buyer, known));
        assertEquals(new FavoriteOutcome.AlreadyThere(others + 1), add(buyer, known));

        migrate(new Target.Number(Math.min(level, 19)));
        List<String> after = new ArrayList<>(shop.texts(ROWS));
        assertTrue(after.removeIf(row -> row.startsWith(buyer + " " + known + " ")));
        assertEquals(before, after);
    }

    /** Django's keys have no action on delete: its program deletes the favourites first. */
    @Test
    void a_product_that_somebody_keeps_can_be_deleted_in_a_database_of_djangos_too() {
        shop = new ShopFixture(LegacyDatabase.create(33));
        migrate(Target.LATEST);
        int buyer = (int) shop.number("SELECT id FROM auth_user WHERE username = 'cliente1'");
        long lamp = shop.product("Lámpara", "10.00", 3);
        assertEquals(new FavoriteOutcome.Added(1), add(buyer, lamp));
        assertInstanceOf(
                StaffProducts.Outcome.Deleted.class, shop.shop.staffProducts().delete(lamp, new Actor(0, null, null)));
        assertEquals(0, shop.number("SELECT count(*) FROM favoritos WHERE producto_id = ?", lamp));
    }

    @Test
    void our_own_are_kept_in_the_archive_by_a_step_back_and_restored_as_far_as_their_products_are_there() {
        shop = new ShopFixture();
        int ana = shop.anyBuyer();
        long lamp = shop.product("Lámpara", "10.00", 3);
        long fan = shop.product("Ventilador", "10.00", 3);
        assertEquals(new FavoriteOutcome.Added(1), add(ana, lamp));
        assertEquals(new FavoriteOutcome.Added(1), add(ana, fan));
        String kept = shop.texts(ROWS).getFirst();

        migrate(new Target.Number(36));
        assertTrue(lines.contains("  Guardados en el archivo: 2 favoritos."), lines::toString);
        assertEquals("", shop.text("SELECT COALESCE(to_regclass('favoritos')::text, '')"));
        shop.sql("DELETE FROM productos WHERE id = ?", fan);
        migrate(Target.LATEST);
        assertEquals(List.of(kept), shop.texts(ROWS));
        assertEquals("", shop.text("SELECT COALESCE(to_regclass('archivo_favoritos')::text, '')"));
        assertEquals(new FavoriteOutcome.AlreadyThere(1), add(ana, lamp));

        migrate(Target.ZERO);
        assertEquals(List.of(), shop.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"));
    }
}
