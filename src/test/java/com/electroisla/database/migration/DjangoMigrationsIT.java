package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.MigrationOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Databases that Django made: recognised by number, gone on from, and never undone below what Django left. */
class DjangoMigrationsIT {
    private static final int NEWEST = Migration.KNOWN.getLast().number();

    /** How many steps there are above this one; a number may be left out. */
    private static int above(int number) {
        return (int) Migration.KNOWN.stream().filter(each -> each.number() > number).count();
    }

    private Database database;
    private Migrations migrations;
    private OldShop shop;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void an_empty_database() {
        database = new Database(TestPostgres.newDatabase(), 3);
        migrations = new Migrations(database);
        shop = new OldShop(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String djangoNames() {
        return shop.text("SELECT string_agg(name, ' ' ORDER BY name) FROM django_migrations WHERE name > '0018'");
    }

    @Test
    void looking_at_a_database_changes_nothing_in_it() {
        shop.djangoMadeSchema(19);
        Status status = migrations.status();
        assertTrue(status.djangoMade());
        assertEquals(19, status.level());
        assertEquals(0, shop.number("SELECT count(to_regclass('electro_isla_migraciones'))"));
    }

    @Test
    void one_at_0019_is_recorded_and_gone_on_from_and_zero_takes_only_ours() {
        shop.djangoMadeSchema(19);
        int product = shop.productWithFigures(10, 4, 1);
        shop.reservation(shop.user("ale"), product, 4, "pending", "10 minutes");
        List<String> before = Schema.listing(database);

        assertEquals(new Done(above(19)), migrations.upgradeForServer(lines::add));
        assertEquals("django", shop.text("SELECT string_agg(DISTINCT origen, ' ') FROM electro_isla_migraciones WHERE numero < 20"));
        assertEquals("0018_producto_en_carousel_card 0019_stock_system_de_django", djangoNames());

        assertEquals(new Done(above(19)), migrations.migrateTo(Target.ZERO, false, lines::add));
        assertEquals(before, Schema.listing(database));
        assertEquals("10/4/1 stock 5", shop.figures(product));
        assertEquals(19, migrations.status().level());
        assertEquals("0018_producto_en_carousel_card 0019_stock_system_de_django", djangoNames());
    }

    @Test
    void its_0019_is_undone_when_asked_for_by_number_and_djangos_row_goes_and_comes_with_it() {
        shop.djangoMadeSchema(19);
        assertEquals(new Done(above(18)), stepsTo(NEWEST, 18));
        assertEquals("0018_producto_en_carousel_card", djangoNames());
        assertEquals(Schema.expected("esquema_0018.txt"), Schema.listing(database));
        assertEquals(new Done(1), migrations.migrateTo(new Target.Number(19), false, lines::add));
        assertEquals("0018_producto_en_carousel_card 0019_stock_system", djangoNames());
        assertEquals(new Done(above(19)), migrations.migrateTo(Target.LATEST, false, lines::add));
        assertEquals("0018_producto_en_carousel_card 0019_stock_system", djangoNames());
    }

    private MigrationOutcome stepsTo(int first, int then) {
        migrations.migrateTo(new Target.Number(first), false, lines::add);
        return migrations.migrateTo(new Target.Number(then), false, lines::add);
    }

    @Test
    void below_0018_nothing_is_undone_not_even_with_force() {
        shop.djangoMadeSchema(18);
        shop.user("ale");
        assertEquals(new Done(above(18)), migrations.migrateTo(Target.LATEST, false, lines::add));
        assertEquals(new Done(above(18)), migrations.migrateTo(Target.ZERO, true, lines::add));
        assertEquals(Schema.expected("esquema_0018.txt"), Schema.listing(database));
        assertEquals(1, shop.number("SELECT count(*) FROM auth_user"));
        assertEquals(18, migrations.status().level());
        assertEquals("0018_producto_en_carousel_card", djangoNames());
    }

    @Test
    void a_server_refuses_one_at_0018() {
        shop.djangoMadeSchema(18);
        assertTrue(assertInstanceOf(Refused.class, migrations.upgradeForServer(lines::add)).reason().contains("./manage migrate api 0019"));
    }

    @Test
    void one_that_django_took_forwards_again_itself_gets_its_reservations_back_under_free_ids() {
        shop.djangoMadeSchema(19);
        migrations.migrateTo(Target.LATEST, false, lines::add);
        int buyer = shop.user("ale");
        int product = shop.productWithFigures(10, 0, 3);
        shop.reservation(buyer, product, 3, "confirmed", "-1 hour");
        shop.execute("UPDATE stock_reservations SET precio_unitario = 7.25");
        assertEquals(new Done(above(18)), migrations.migrateTo(new Target.Number(18), false, lines::add));

        shop.execute(Migration.KNOWN.get(1).apply().get().split("DO \\$\\$")[0]);
        shop.djangoRecord("0019_stock_system_de_django");
        shop.execute("UPDATE productos SET stock_total = stock");
        int since = shop.reservation(buyer, product, 1, "cancelled", "-1 hour");

        assertEquals(new Done(above(19)), migrations.migrateTo(Target.LATEST, false, lines::add));
        assertEquals("10/0/3 stock 7", shop.figures(product));
        assertEquals("3 7.25", shop.text(
                "SELECT concat_ws(' ', cantidad, precio_unitario) FROM stock_reservations WHERE status = 'confirmed'"));
        assertEquals("cancelled", shop.text("SELECT status FROM stock_reservations WHERE id = " + since));
        assertEquals(2, shop.number("SELECT count(*) FROM stock_reservations"));
    }

    @Test
    void one_that_lacks_columns_or_is_too_old_or_too_new_is_refused_with_the_reason() {
        shop.djangoMadeSchema(19);
        shop.execute("ALTER TABLE pedidos DROP COLUMN notas");
        assertTrue(problem().contains("pedidos.notas"), this::problem);
        shop.execute("ALTER TABLE pedidos ADD COLUMN notas text");
        shop.djangoRecord("0020_algo_nuevo");
        assertTrue(problem().contains("0020_algo_nuevo"), this::problem);
        shop.execute("DELETE FROM django_migrations WHERE name >= '0018'");
        assertTrue(problem().contains("0017"), this::problem);
        assertFalse(migrations.status().empty());
    }

    private String problem() {
        String problem = migrations.status().problem().orElse("");
        assertEquals(problem, assertInstanceOf(Refused.class, migrations.migrateTo(Target.LATEST, true, lines::add)).reason());
        assertEquals(problem, assertInstanceOf(Refused.class, migrations.upgradeForServer(lines::add)).reason());
        return problem;
    }
}
