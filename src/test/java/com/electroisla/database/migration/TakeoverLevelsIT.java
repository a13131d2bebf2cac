package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.MigrationOutcome.Refused;
import com.electroisla.reservation.ReservationOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real databases of the old shop, at every level of Django's: taken over, given back and taken over again. */
class TakeoverLevelsIT {
    private static final int NEWEST = Migration.KNOWN.getLast().number();

    private ShopFixture shop;
    private Migrations migrations;
    private final List<String> lines = new ArrayList<>();

    static IntStream levels() {
        return IntStream.rangeClosed(18, 33);
    }

    private void open(int level) {
        shop = new ShopFixture(LegacyDatabase.create(level));
        migrations = new Migrations(shop.shop.database());
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private MigrationOutcome migrate(Target target, boolean force) {
        lines.clear();
        return migrations.migrateTo(target, force, lines::add);
    }

    private void done(MigrationOutcome outcome) {
        assertInstanceOf(Done.class, outcome, outcome::toString);
    }

    private List<String> schema() {
        return ReadSchema.whole(shop.shop.database());
    }

    @ParameterizedTest
    @MethodSource("levels")
    void every_level_is_taken_over_and_given_back_as_it_was_with_every_row_and_every_name(int level) {
        open(level);
        List<String> schema = schema();
        assertEquals(ReadSchema.ofDjango(level), schema);
        List<String> rows = rows();

        done(migrate(Target.LATEST, false));
        done(migrate(new Target.Number(Math.min(level, 19)), false));
        assertEquals(schema, schema());
        assertEquals(rows, rows());

        done(migrate(Target.LATEST, false));
        assertEquals(NEWEST, migrations.status().level());
        done(migrate(Target.ZERO, false));
        assertEquals(schema, schema());
        assertEquals(rows, rows());
    }

    /** The rows of unused tables, without our archive and in a fixed order. */
    private List<String> rows() {
        return TableRows.checksums(shop.shop.database()).stream()
                .filter(line -> !line.startsWith("archivo_"))
                .toList();
    }

    @Test
    void a_database_at_0018_that_is_raised_to_0019_and_given_back_there_is_the_real_0019() {
        open(18);
        done(migrate(new Target.Number(19), false));
        assertEquals(
                "0",
                shop.text("SELECT column_default FROM information_schema.columns WHERE table_name = "
                        + "'productos' AND column_name = 'stock_total'"),
                "a Django of 0018 may still insert");
        done(migrate(Target.LATEST, false));
        done(migrate(new Target.Number(19), false));
        assertEquals(ReadSchema.ofDjango(19), schema());
        assertEquals("0019_stock_system", shop.text("SELECT max(name) FROM django_migrations WHERE app = 'api'"));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 27, 33})
    void above_0019_the_way_back_is_0019_and_0018_is_refused_even_with_force(int level) {
        open(level);
        done(migrate(Target.LATEST, false));
        List<String> schema = schema();
        String reason = assertInstanceOf(Refused.class, migrate(new Target.Number(18), true))
                .reason();
        assertTrue(reason.contains("Django") && reason.contains("migrate api 0019"), reason);
        assertEquals(schema, schema());
    }

    @Test
    void a_name_of_djangos_that_this_program_does_not_know_is_refused_in_a_sentence_that_names_it() {
        open(33);
        shop.sql("INSERT INTO django_migrations (app, name, applied) VALUES ('api', '0034_nueva', now())");
        String reason =
                assertInstanceOf(Refused.class, migrate(Target.LATEST, true)).reason();
        assertTrue(
                reason.contains("Django llegó a 0034_nueva") && reason.contains("0033_alter_loginattempt_attempt_type"),
                reason);
        shop.sql("UPDATE django_migrations SET name = '0021_indices_ligeros' WHERE name = '0034_nueva'");
        assertTrue(
                assertInstanceOf(Refused.class, migrate(Target.LATEST, true))
                        .reason()
                        .contains("0021_indices_ligeros"),
                "our name is none of Django's");
    }

    @Test
    void a_server_takes_over_no_database_that_this_program_never_migrated() {
        open(33);
        String reason = assertInstanceOf(Refused.class, migrations.upgradeForServer(lines::add))
                .reason();
        assertTrue(reason.contains("./manage migrate"), reason);
        assertFalse(shop.text("SELECT to_regclass('electro_isla_migraciones') IS NULL")
                .equals("f"));
        done(migrate(Target.LATEST, false));
        assertEquals(new Done(0), migrations.upgradeForServer(lines::add));
    }

    /** Sends the old shop's own statements, over a connection that is not ours. */
    private void asDjango(String sql) throws SQLException {
        try (Connection connection = shop.target.connect(Map.of());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL electro_isla.escribe = ''");
            statement.execute(sql);
            connection.commit();
        }
    }

    private void refusedAsDjango(String sql) {
        SQLException refused = assertThrows(SQLException.class, () -> asDjango(sql), sql);
        assertEquals("EI003", refused.getSQLState(), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(ints = {19, 20, 28, 33})
    void the_old_checkout_product_form_and_sweep_are_refused_by_the_database_and_nothing_is_lost(int level)
            throws SQLException {
        open(level);
        done(migrate(Target.LATEST, false));
        List<String> figures = shop.texts("SELECT concat_ws('/', id, stock, stock_total, stock_reservado, "
                + "stock_vendido) FROM productos ORDER BY id");
        List<String> holds = shop.texts(
                "SELECT concat_ws('/', id, status, cantidad, expires_at) FROM stock_reservations ORDER BY id");

        refusedAsDjango("""
                INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, user_agent, producto_id,
                    usuario_id)
                SELECT 1, 'pending', now(), now() + interval '15 minutes', '', id, 15 FROM productos WHERE stock > 0
                LIMIT 1""");
        refusedAsDjango("UPDATE productos SET nombre = nombre, precio = precio, stock = stock - 1, stock_reservado "
                + "= stock_reservado + 1 WHERE stock_total > 0");
        refusedAsDjango("UPDATE stock_reservations SET status = 'expired' WHERE status = 'pending'");

        asDjango("UPDATE productos SET nombre = nombre, precio = precio + 1, stock = stock, stock_total = "
                + "stock_total, stock_reservado = stock_reservado, "
                + "stock_vendido = stock_vendido, updated_at = now() WHERE id = (SELECT min(id) FROM productos "
                + "WHERE stock_total > 0)");
        assertEquals(
                figures,
                shop.texts("SELECT concat_ws('/', id, stock, stock_total, stock_reservado, "
                        + "stock_vendido) FROM productos ORDER BY id"));
        assertEquals(
                holds,
                shop.texts("SELECT concat_ws('/', id, status, cantidad, expires_at) FROM "
                        + "stock_reservations ORDER BY id"));
    }

    @Test
    void a_user_whom_the_old_program_deletes_gives_the_held_units_back() throws SQLException {
        open(33);
        done(migrate(Target.LATEST, false));
        long user = shop.number("SELECT min(usuario_id) FROM stock_reservations WHERE status = 'pending'");
        long held = shop.number(
                "SELECT sum(cantidad) FROM stock_reservations WHERE status = 'pending' AND usuario_id = ?", user);
        long before = shop.number("SELECT sum(stock_reservado) FROM productos");
        asDjango("DELETE FROM stock_reservations WHERE usuario_id = " + user);
        assertEquals(before - held, shop.number("SELECT sum(stock_reservado) FROM productos"));
    }

    @ParameterizedTest
    @ValueSource(ints = {19, 20, 33})
    void a_hold_that_the_old_checkout_made_is_paid_here(int level) {
        open(level);
        shop.sql("UPDATE stock_reservations SET expires_at = clock_timestamp() + interval '10 minutes' WHERE "
                + "status = 'pending'");
        done(new Migrations(shop.shop.database()).migrateTo(Target.LATEST, false, true, lines::add));
        long buyer = shop.number("SELECT min(usuario_id) FROM stock_reservations WHERE status = 'pending'");
        assertInstanceOf(ReservationOutcome.Ordered.class, shop.pay((int) buyer));
        assertEquals(
                0,
                shop.number(
                        "SELECT count(*) FROM stock_reservations WHERE status = 'pending' AND usuario_id = ?", buyer));
    }
}
