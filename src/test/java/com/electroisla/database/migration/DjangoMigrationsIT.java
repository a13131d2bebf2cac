package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.MigrationOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Databases that Django made: recognised by the names of its migrations, migrated on, and never undone below Django's
 * last one.
 */
class DjangoMigrationsIT {
    private static final String BASE = "0018_alter_producto_categoria";
    private static final int NEWEST = Migration.KNOWN.getLast().number();

    /** The number of steps above this one; a number may be left out. */
    private static int above(int number) {
        return (int)
                Migration.KNOWN.stream().filter(each -> each.number() > number).count();
    }

    private Database database;
    private Migrations migrations;
    private OldShop shop;
    private final List<String> lines = new ArrayList<>();

    private void open(int level) {
        database = new Database(LegacyDatabase.create(level), 3);
        migrations = new Migrations(database);
        shop = new OldShop(database);
    }

    @AfterEach
    void close() {
        database.close();
        TestPostgres.discard(database.target());
    }

    private String djangoNames() {
        return shop.text("SELECT string_agg(name, ' ' ORDER BY name) FROM django_migrations WHERE app = 'api' AND "
                + "name > '0018'");
    }

    @Test
    void looking_at_a_database_changes_nothing_in_it() {
        open(19);
        List<String> before = ReadSchema.whole(database);
        Status status = migrations.status();
        assertTrue(status.djangoMade());
        assertEquals(19, status.level());
        assertEquals(before, ReadSchema.whole(database));
    }

    @Test
    void one_at_0019_is_recorded_and_gone_on_from_and_zero_takes_only_ours() {
        open(19);
        List<String> before = ReadSchema.whole(database);
        String figures = shop.figures(310);

        assertEquals(new Done(above(19)), migrations.migrateTo(Target.LATEST, false, lines::add));
        assertEquals(
                "django",
                shop.text("SELECT string_agg(DISTINCT origen, ' ') FROM electro_isla_migraciones "
                        + "WHERE numero < 20"));
        assertEquals(BASE + " 0019_stock_system", djangoNames());

        assertEquals(new Done(above(19)), migrations.migrateTo(Target.ZERO, false, lines::add));
        assertEquals(before, ReadSchema.whole(database));
        assertEquals(figures, shop.figures(310));
        assertEquals(19, migrations.status().level());
        assertEquals(BASE + " 0019_stock_system", djangoNames());
    }

    @Test
    void its_0019_is_undone_when_asked_for_by_number_and_djangos_row_goes_and_comes_with_it() {
        open(19);
        migrations.migrateTo(Target.LATEST, false, lines::add);
        assertEquals(new Done(above(18)), migrations.migrateTo(new Target.Number(18), true, lines::add));
        assertEquals(BASE, djangoNames());
        assertEquals(ReadSchema.ofDjango(18), ReadSchema.whole(database));
        assertEquals(new Done(1), migrations.migrateTo(new Target.Number(19), false, lines::add));
        assertEquals(BASE + " 0019_stock_system", djangoNames());
        assertEquals(new Done(above(19)), migrations.migrateTo(Target.LATEST, false, lines::add));
        assertEquals(BASE + " 0019_stock_system", djangoNames());
    }

    @Test
    void below_0018_nothing_is_undone_not_even_with_force() {
        open(18);
        List<String> before = ReadSchema.whole(database);
        int users = shop.number("SELECT count(*) FROM auth_user");
        assertEquals(new Done(above(18)), migrations.migrateTo(Target.LATEST, false, lines::add));
        assertEquals(new Done(above(18)), migrations.migrateTo(Target.ZERO, true, lines::add));
        assertEquals(before, ReadSchema.whole(database));
        assertEquals(users, shop.number("SELECT count(*) FROM auth_user"));
        assertEquals(18, migrations.status().level());
        assertEquals(BASE, djangoNames());
    }

    @Test
    void a_server_refuses_one_at_0018() {
        open(18);
        assertTrue(assertInstanceOf(Refused.class, migrations.upgradeForServer(lines::add))
                .reason()
                .contains("./manage migrate api 0019"));
    }

    @Test
    void one_that_django_took_forwards_again_itself_gets_its_reservations_back_under_free_ids() {
        open(19);
        migrations.migrateTo(Target.LATEST, false, lines::add);
        shop.execute("UPDATE stock_reservations SET precio_unitario = 7.25 WHERE status = 'confirmed'");
        int reservations = shop.number("SELECT count(*) FROM stock_reservations");
        assertEquals(new Done(above(18)), migrations.migrateTo(new Target.Number(18), true, lines::add));

        shop.execute(Migration.script("0019_de_django.sql").split("DO \\$\\$")[0]);
        shop.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('api', '0019_stock_system', now())");
        shop.execute("UPDATE productos SET stock_total = stock");
        int since = shop.reservation(16, 310, 1, "cancelled", "-1 hour");

        assertEquals(new Done(above(19)), migrations.migrateTo(Target.LATEST, false, lines::add));
        assertEquals("77/0/1 stock 76", shop.figures(310));
        assertEquals(
                "1 7.25",
                shop.text("SELECT concat_ws(' ', cantidad, precio_unitario) FROM stock_reservations WHERE status = "
                        + "'confirmed'"));
        assertEquals("cancelled", shop.text("SELECT status FROM stock_reservations WHERE id = " + since));
        assertEquals(reservations + 1, shop.number("SELECT count(*) FROM stock_reservations"));
    }

    @Test
    void one_that_lacks_columns_or_is_too_old_or_too_new_is_refused_with_the_reason() {
        open(19);
        shop.execute("ALTER TABLE pedidos DROP COLUMN notas");
        assertTrue(problem().contains("pedidos.notas"), this::problem);
        shop.execute("ALTER TABLE pedidos ADD COLUMN notas text");
        shop.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('api', '0020_algo_nuevo', now())");
        assertTrue(problem().contains("0020_algo_nuevo"), this::problem);
        shop.execute("UPDATE django_migrations SET name = '0022_remove_cartitem_cartitem_cart_prod_idx_and_more' "
                + "WHERE name = '0020_algo_nuevo'");
        assertTrue(problem().contains("sin 0020_rename"), this::problem);
        shop.execute("DELETE FROM django_migrations WHERE app = 'api' AND name >= '0018'");
        assertTrue(problem().contains("0017"), this::problem);
        assertFalse(migrations.status().empty());
    }

    private String problem() {
        String problem = migrations.status().problem().orElse("");
        assertEquals(
                problem,
                assertInstanceOf(Refused.class, migrations.migrateTo(Target.LATEST, true, lines::add))
                        .reason());
        assertEquals(
                problem,
                assertInstanceOf(Refused.class, migrations.upgradeForServer(lines::add))
                        .reason());
        return problem;
    }
}
