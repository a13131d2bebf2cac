package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.SystemPostgres;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.reservation.ReservationOutcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other servers and settings: the system's PostgreSQL and the included one, an owner without rights, other date styles
 * and time zones.
 */
class TakeoverServersIT {
    @TempDir
    private static Path folder;

    private static SystemPostgres system;

    @BeforeAll
    static void start_the_systems_postgresql() throws Exception {
        system = SystemPostgres.start(folder);
    }

    @AfterAll
    static void stop_it() {
        system.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 33})
    void the_systems_postgresql_with_an_owner_without_rights_is_taken_over_sells_and_is_given_back(int level)
            throws Exception {
        String name = "duena" + level;
        JdbcTarget target = system.ownedByPlainRole(name);
        habits(system.superuser("postgres"), name);
        overSellAndBack(target, level);
    }

    @Test
    void the_included_postgresql_with_an_owner_without_rights_is_taken_over_sells_and_is_given_back() throws Exception {
        JdbcTarget administrator = TestPostgres.newDatabase();
        JdbcTarget target = TestPostgres.asShop(administrator);
        habits(administrator, TestPostgres.nameOf(administrator));
        overSellAndBack(target, 20);
    }

    /**
     * On a server that no other test uses meanwhile: PostgreSQL computes anew which old row versions are dead only when
     * the oldest transaction of its newest snapshot has changed, and a long transaction of another test, in any
     * database of the server, prevents that.
     */
    @ParameterizedTest
    @ValueSource(ints = {18, 19, 20, 21, 25, 33})
    void an_update_of_the_figures_is_hot_at_every_level(int level) throws Exception {
        JdbcTarget target = system.ownedByPlainRole("rapida" + level);
        LegacyDatabase.load(target, level);
        try (ShopFixture shop = new ShopFixture(target)) {
            migrate(shop, Target.LATEST);
            shop.shop.initialiseStock().run(each -> {});
            double share = hotShareOfARush(shop);
            assertTrue(share >= 0.99, () -> "HOT updates of a rush: " + share);
            assertEquals(List.of(), shop.texts("""
                    SELECT i.indexrelid::regclass::text FROM pg_index i
                      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
                     WHERE i.indrelid = 'productos'::regclass
                         AND a.attname IN ('stock', 'stock_total', 'stock_reservado', 'stock_vendido')"""));
        }
    }

    private static double hotShareOfARush(ShopFixture shop) {
        shop.shop.database().read(handle -> handle.execute("SELECT pg_stat_force_next_flush()"));
        long updatesBefore = counted(shop, "n_tup_upd");
        long hotBefore = counted(shop, "n_tup_hot_upd");
        String some = "SELECT id FROM productos WHERE stock_total > 20 ORDER BY id LIMIT 20";
        shop.shop.database().read(handle -> {
            for (int i = 0; i < 400; i++) {
                handle.execute("UPDATE productos SET stock_reservado = stock_reservado + 1 WHERE id IN (" + some + ")");
                handle.execute("UPDATE productos SET stock_reservado = stock_reservado - 1 WHERE id IN (" + some + ")");
            }
            return handle.execute("SELECT pg_stat_force_next_flush()");
        });
        long updates = counted(shop, "n_tup_upd") - updatesBefore;
        assertTrue(updates >= 16_000, () -> updates + " updates");
        return (double) (counted(shop, "n_tup_hot_upd") - hotBefore) / updates;
    }

    private static long counted(ShopFixture shop, String what) {
        return shop.number("SELECT " + what + " FROM pg_stat_user_tables WHERE relname = 'productos'");
    }

    private static void habits(JdbcTarget superuser, String database) throws Exception {
        try (Connection connection = superuser.connect(Map.of());
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + database + " SET DateStyle = 'SQL, DMY'");
            statement.execute("ALTER DATABASE " + database + " SET TimeZone = 'America/Havana'");
        }
    }

    private static void overSellAndBack(JdbcTarget target, int level) throws Exception {
        LegacyDatabase.load(target, level);
        try (ShopFixture shop = new ShopFixture(target)) {
            List<String> schema = ReadSchema.whole(shop.shop.database());
            List<String> rows = oldRows(shop);
            // At 0018 the operator decides on the step to 0019, and so on its way back.
            int back = Math.min(level, 19);
            migrate(shop, new Target.Number(19));
            shop.shop.initialiseStock().run(each -> {});
            migrate(shop, Target.LATEST);
            assertEquals("off SQL, DMY America/Havana", plain(target));

            long product = shop.number("SELECT min(id) FROM productos WHERE activo AND stock BETWEEN 50 AND 300 "
                    + "AND precio BETWEEN 1 AND 9999");
            long sold = shop.number("SELECT stock_vendido FROM productos WHERE id = ?", product);
            for (int buyer : List.of(16, 17)) {
                shop.sql("DELETE FROM cart_items WHERE cart_id IN (SELECT id FROM carts WHERE user_id = ?)", buyer);
                shop.inCart(buyer, product, 1);
                assertInstanceOf(ReservationOutcome.Reserved.class, shop.checkout(buyer));
                assertInstanceOf(ReservationOutcome.Ordered.class, shop.pay(buyer));
            }
            assertEquals(sold + 2, shop.number("SELECT stock_vendido FROM productos WHERE id = ?", product));
            assertEquals(
                    2,
                    shop.number("SELECT count(*) FROM stock_reservations WHERE pedido_id IS NOT NULL AND "
                            + "created_at <= confirmed_at"
                            + " AND confirmed_at BETWEEN clock_timestamp() - interval '10 "
                            + "minutes' AND clock_timestamp() + interval '1 minute'"),
                    "the zone moves no moment");
            assertEquals(List.of(), shop.differences());

            migrate(shop, new Target.Number(back));
            assertEquals(schema, ReadSchema.whole(shop.shop.database()));
            assertEquals(rows, oldRows(shop));
        }
    }

    /** The database in a session that is not ours: rights, date style, time zone. */
    private static String plain(JdbcTarget target) throws Exception {
        var properties = new java.util.Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("password", target.password());
        try (Connection connection = new org.postgresql.Driver().connect(target.url(), properties);
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT concat_ws(' ', "
                                + "current_setting('is_superuser'),"
                                + " (SELECT string_agg(substr(c, strpos(c, '=') + 1), ' ' ORDER BY c) FROM "
                                + "pg_db_role_setting, unnest(setconfig) c"
                                + "   WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = "
                                + "current_database())))")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void migrate(ShopFixture shop, Target target) {
        MigrationOutcome outcome = new Migrations(shop.shop.database()).migrateTo(target, true, line -> {});
        assertInstanceOf(Done.class, outcome, outcome::toString);
    }

    /** The rows of tables that are unused here. */
    private static List<String> oldRows(ShopFixture shop) {
        List<String> used = List.of(
                "archivo_",
                "productos ",
                "stock_reservations ",
                "carts ",
                "cart_items ",
                "cart_audit_logs ",
                "pedidos ",
                "detalles_pedido ",
                "audit_logs ",
                "django_migrations ");
        return TableRows.checksums(shop.shop.database()).stream()
                .filter(line -> used.stream().noneMatch(line::startsWith))
                .toList();
    }
}
