package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.MigrationOutcome.Refused;
import com.electroisla.database.takeover.Finding;
import com.electroisla.database.takeover.Finding.Effect;
import com.electroisla.inventory.Inventory;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that Django made, taken over as it is and with deliberate faults. */
class TakeoverIT {
    /** By level, what the real database has before it is broken. */
    private static final Map<Integer, List<Finding>> ALREADY = new HashMap<>();

    private Database database;
    private OldShop shop;
    private final List<String> lines = new ArrayList<>();

    private void open(int level) {
        database = new Database(LegacyDatabase.create(level), 3);
        shop = new OldShop(database);
    }

    @AfterEach
    void drop() {
        database.close();
        TestPostgres.discard(database.target());
    }

    private List<String> names() {
        return new Migrations(database).findings().stream().map(Finding::name).toList();
    }

    private MigrationOutcome migrate(boolean mend) {
        lines.clear();
        return new Migrations(database).migrateTo(Target.LATEST, false, mend, lines::add);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_broken_is_found_named_and_counted_and_nothing_is_changed_unasked(Break way) {
        open(way.level);
        long already = ALREADY.computeIfAbsent(way.level, _ -> new Migrations(database).findings()).stream()
                .filter(each -> each.name().equals(way.finding))
                .mapToLong(Finding::rows)
                .sum();
        int audited = shop.number("SELECT count(*) FROM audit_logs");
        shop.execute(way.sql);
        List<String> before = TableRows.checksums(database);
        Map<String, String> columns = TableRows.columns(database);
        Map<String, String> rows = TableRows.of(database, columns);

        Finding found = new Migrations(database)
                .findings().stream()
                        .filter(finding -> finding.name().equals(way.finding))
                        .findFirst()
                        .orElseThrow();
        assertEquals(already + way.rows, found.rows());
        assertEquals(way.effect, found.effect());
        new Migrations(database).status();
        assertEquals(before, TableRows.checksums(database), "looking changes nothing");
        assertEquals(
                Math.min(5, already + way.rows),
                way == Break.EMPTY_VALUES ? way.rows : found.examples().size());
        if (way.effect.stops()) {
            String reason = assertInstanceOf(Refused.class, migrate(false)).reason();
            assertTrue(reason.contains(way.finding) || reason.contains("faltan columnas"), reason);
            assertTrue(lines.contains(found.line()), lines::toString);
            assertEquals(before, TableRows.checksums(database));
            assertEquals(0, shop.number("SELECT count(to_regclass('electro_isla_migraciones'))"));
        } else {
            assertInstanceOf(Done.class, migrate(false));
            assertTrue(lines.contains(found.line()), lines::toString);
            // Every existing column keeps its values, except Django's own row for 0019 and the products that
            // stock_distinto named.
            List<String> named = new ArrayList<>(way.restocked);
            assertEquals(
                    !named.isEmpty(),
                    lines.stream().anyMatch(line -> line.contains("- stock_distinto ")),
                    lines::toString);
            if (way.level == 18) {
                named.add("django_migrations " + shop.number("SELECT max(id) FROM django_migrations") + " nueva");
            }
            assertEquals(named.stream().sorted().toList(), TableRows.changes(rows, TableRows.of(database, columns)));
        }
        assertEquals(audited, shop.number("SELECT count(*) FROM audit_logs"));
    }

    /** Reported only, and none of them hides another: they are tried together. */
    private static final Set<Break> TOGETHER = Arrays.stream(Break.values())
            .filter(way -> way.effect == Effect.REPORTED)
            // The same product has another price that is none, and the same constraint is missing, in another way.
            .filter(way -> way != Break.NEGATIVE_PRICE && way != Break.MISSING_REFERENCE)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Break.class)));

    static Set<Break> oneByOne() {
        return EnumSet.complementOf(EnumSet.copyOf(TOGETHER));
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19})
    void what_is_only_reported_is_told_and_hinders_no_mending(int level) {
        open(level);
        List<Break> ways = TOGETHER.stream().filter(way -> way.level == level).toList();
        assertTrue(ways.size() >= 4, ways::toString);
        ways.forEach(way -> shop.execute(way.sql));
        assertInstanceOf(Done.class, migrate(true));
        for (Break way : ways) {
            assertTrue(
                    lines.stream().anyMatch(line -> line.contains("- " + way.finding + " ")),
                    () -> way.finding + lines);
        }
    }

    @ParameterizedTest
    @MethodSource("oneByOne")
    void what_can_be_mended_is_mended_when_asked_and_written_to_the_audit_log(Break way) {
        open(way.level);
        shop.execute(way.sql);
        if (way.level == 18) {
            shop.execute("UPDATE cart_items SET quantity = 0 WHERE id = (SELECT max(id) FROM cart_items)");
        }
        List<String> before = TableRows.checksums(database);
        MigrationOutcome outcome = migrate(true);
        if (way.effect == Effect.STOPS) {
            assertInstanceOf(Refused.class, outcome);
            assertEquals(before, TableRows.checksums(database), "all or nothing");
            return;
        }
        assertInstanceOf(Done.class, outcome, outcome::toString);
        if (way.effect.mendable()) {
            int left = lines.indexOf("Quedan:");
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("  Reparado: ")), lines::toString);
            assertTrue(
                    lines.subList(Math.max(left, 0), lines.size()).stream()
                            .noneMatch(line -> left >= 0 && line.contains("- " + way.finding + " ")),
                    lines::toString);
            boolean rows = way != Break.MISSING_KEY && way != Break.SEQUENCE_BEHIND;
            assertTrue(!rows
                    || shop.number("SELECT count(*) FROM audit_logs WHERE detalles ?? 'antes' AND "
                                    + "detalles ?? 'despues'")
                            > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19, 20, 33})
    void the_real_databases_are_taken_over_as_they_are_and_what_they_have_is_told(int level) {
        open(level);
        List<String> expected = new ArrayList<>(List.of("usuarios_sin_perfil", "total_de_pedido_distinto"));
        if (level >= 19) {
            expected.addAll(List.of("reservas_vencidas", "reservas_repetidas"));
        }
        assertEquals(
                expected,
                names().stream().filter(name -> !name.equals("tipo_parecido")).toList());
        int audited = shop.number("SELECT count(*) FROM audit_logs");
        assertEquals(
                new Done((int) Migration.KNOWN.stream()
                        .filter(each -> each.number() > Math.min(level, 19))
                        .count()),
                migrate(false));
        assertEquals(List.of(), names());
        assertEquals(audited, shop.number("SELECT count(*) FROM audit_logs"));
    }

    @Test
    void two_carts_of_a_user_become_one_with_every_line() {
        open(18);
        shop.execute(Break.DUPLICATE_CARTS.sql);
        assertInstanceOf(Done.class, migrate(true));
        assertEquals(0, shop.number("SELECT count(*) - count(DISTINCT user_id) FROM carts"));
        assertEquals("8 9.99", shop.text("""
                SELECT concat_ws(' ', quantity, price_at_addition) FROM cart_items i JOIN carts c ON c.id = i.cart_id
                 WHERE user_id = 20 AND product_id = 2"""));
        assertEquals(1, shop.number("SELECT count(*) FROM pg_constraint WHERE conname = 'carts_user_id_key'"));
        assertEquals("cart_items 2, carts 2", shop.text("""
                SELECT string_agg(concat_ws(' ', tabla, filas), ', ' ORDER BY tabla COLLATE "C")
                  FROM (SELECT split_part(objeto_repr, ' ', 1) AS tabla, count(DISTINCT objeto_repr) AS filas
                          FROM audit_logs WHERE accion = 'reparar' GROUP BY 1) AS anotadas"""));
    }

    @Test
    void sales_that_no_reservation_tells_of_stay_sold_and_are_explained() {
        open(19);
        shop.execute(Break.SALES_OF_A_GONE_USER.sql);
        assertInstanceOf(Done.class, migrate(true));
        assertEquals("77/0/1 stock 76", shop.figures(310));
        assertEquals(1, shop.number("SELECT sum(delta_vendido) FROM movimientos_stock WHERE producto_id = 310"));
    }

    @Test
    void mending_what_was_only_reported_works_after_the_takeover_too() {
        open(19);
        shop.execute("UPDATE stock_reservations SET expires_at = now() - interval '1 minute' WHERE status = 'pending'");
        assertInstanceOf(Done.class, migrate(false));
        int pending = shop.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending'");
        assertTrue(pending > 0);
        assertEquals(new Done(0), migrate(true));
        assertEquals(0, shop.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending'"));
        assertEquals(0, shop.number("SELECT sum(stock_reservado) FROM productos"));
        assertEquals(
                pending,
                shop.number("SELECT count(*) FROM audit_logs WHERE detalles ->> 'motivo' = 'reservas_vencidas'"));
    }

    @Test
    void differences_that_the_old_shop_left_are_told_from_those_that_came_later() {
        open(19);
        shop.execute("UPDATE productos SET stock_vendido = 0, stock = stock + 1 WHERE id = 310");
        shop.execute("UPDATE productos SET stock = stock - 1 WHERE id = 47");
        shop.execute(Break.HELD_BY_NOBODY.sql);
        int heldByNobody = shop.number(
                "SELECT id FROM productos WHERE stock_reservado = 5 AND stock_total > 5 ORDER BY id LIMIT 1");
        Inventory inventory = new Inventory(database, DatabaseClock.REAL);
        assertEquals(Optional.empty(), inventory.takenOver());
        assertEquals(
                Map.of("310 SOLD", true, heldByNobody + " RESERVED", true, "47 LEGACY_STOCK", false),
                inherited(inventory));

        assertInstanceOf(Done.class, migrate(false));
        assertTrue(inventory.takenOver().isPresent());
        shop.execute("UPDATE productos SET stock_reservado = 3 WHERE id = " + heldByNobody);
        shop.execute("UPDATE productos SET stock_reservado = stock_reservado + 1 WHERE id = 47");
        assertEquals(
                Map.of("310 SOLD", true, heldByNobody + " RESERVED", true, "47 RESERVED", false), inherited(inventory));

        assertInstanceOf(Done.class, new Migrations(database).migrateTo(new Target.Number(19), false, lines::add));
        assertEquals(0, shop.number("SELECT count(to_regclass('electro_isla_diferencias'))"));
    }

    private static Map<String, Boolean> inherited(Inventory inventory) {
        Map<String, Boolean> found = new HashMap<>();
        inventory.verify(Optional.empty(), each -> found.put(each.productId() + " " + each.kind(), each.inherited()));
        return found;
    }

    @Test
    void a_step_that_takes_long_says_what_it_is_at_and_what_it_waits_for() throws Exception {
        open(33);
        assertEquals(
                "... 0020_reservas_seguras: N s; espera a que otra sesión suelte una tabla",
                saidWhileSomebodyReads("productos", false));
    }

    @Test
    void a_mending_that_takes_long_says_so() throws Exception {
        open(33);
        assertEquals(
                "... reparando: N s; espera a que otra sesión suelte una tabla", saidWhileSomebodyReads("carts", true));
    }

    /** The first lines of the output while another session locks this table against writing. */
    private String saidWhileSomebodyReads(String table, boolean mend) throws Exception {
        BlockingQueue<String> progress = new LinkedBlockingQueue<>();
        Migrations migrations = new Migrations(database).tellingProgressTo(progress::add);
        try (Connection other = database.target().connect(Map.of());
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN SHARE MODE");
            CompletableFuture<MigrationOutcome> migrating =
                    CompletableFuture.supplyAsync(() -> migrations.migrateTo(Target.LATEST, false, mend, line -> {}));
            String line = progress.poll(50, TimeUnit.SECONDS);
            other.rollback();
            assertInstanceOf(Done.class, migrating.join());
            return String.valueOf(line).replaceAll("\\d+ s;", "N s;");
        }
    }
}
