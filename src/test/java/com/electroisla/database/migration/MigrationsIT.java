package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.SqlStates;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.MigrationOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationsIT {
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

    @BeforeEach
    void an_empty_database() {
        database = new Database(TestPostgres.newDatabase(), 6);
        migrations = new Migrations(database);
        shop = new OldShop(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void migrateTo(int number) {
        assertInstanceOf(Done.class, migrations.migrateTo(new Target.Number(number), false, lines::add));
        assertEquals(number, migrations.status().level());
    }

    private String refusal(Target target, boolean force) {
        return assertInstanceOf(Refused.class, migrations.migrateTo(target, force, lines::add))
                .reason();
    }

    @Test
    void forwards_prints_each_step_and_records_it() {
        assertTrue(migrations.status().empty());
        assertEquals(new Done(above(17)), migrations.migrateTo(Target.LATEST, false, lines::add));
        assertEquals(
                ScriptFiles.names().stream()
                        .map(name -> "Applying api." + name + "... OK")
                        .toList(),
                lines);
        assertTrue(migrations.status().current());
        assertEquals(new Done(0), migrations.migrateTo(Target.LATEST, false, lines::add));
    }

    @Test
    void the_schema_at_0018_and_0019_is_the_old_shops_own() {
        migrateTo(18);
        assertEquals(ReadSchema.expected("esquema_0018.txt"), ReadSchema.listing(database));
        migrateTo(19);
        assertEquals(ReadSchema.expected("esquema_0019.txt"), ReadSchema.listing(database));
    }

    @Test
    void every_step_back_leaves_the_schema_that_the_step_forward_found() {
        List<List<String>> schemas = new ArrayList<>();
        for (Migration each : Migration.KNOWN) {
            migrateTo(each.number());
            schemas.add(ReadSchema.withFunctions(database));
        }
        for (int i = Migration.KNOWN.size() - 2; i >= 0; i--) {
            migrateTo(Migration.KNOWN.get(i).number());
            assertEquals(schemas.get(i), ReadSchema.withFunctions(database));
        }
        migrateTo(NEWEST);
        assertEquals(schemas.getLast(), ReadSchema.withFunctions(database));
    }

    @ParameterizedTest
    @CsvSource({
        "'0,0,0', '0,0,0', 20, 20, a product that is not initialised keeps its stock",
        "'0,0,0', '0,0,0', 0, 0, a product without units has none",
        "'0,0,0', '20,0,0', 20, 20, initialising it keeps its stock",
        "'20,0,0', '20,3,0', 20, 17, a hold takes units",
        "'20,3,0', '20,0,3', 20, 17, a sale keeps them",
        "'20,3,4', '20,3,4', 99, 13, a write to stock alone is overwritten",
        "'5,0,0', '0,0,0', 5, 0, taking the last units away leaves no stock",
    })
    void stock_follows_the_figures(String before, String after, int written, int expected, String claim) {
        migrateTo(NEWEST);
        int product = shop.productWithStock(20);
        shop.execute(("UPDATE productos SET (stock_total, stock_reservado, stock_vendido) = (%s) WHERE id = %d")
                .formatted(before, product));
        shop.execute(("UPDATE productos SET (stock_total, stock_reservado, stock_vendido) = (%s), stock = %d "
                        + "WHERE id = %d")
                .formatted(after, written, product));
        assertEquals(expected, shop.number("SELECT stock FROM productos WHERE id = " + product), claim);
    }

    @Test
    void an_insert_with_figures_gets_its_stock_from_them() {
        migrateTo(NEWEST);
        shop.execute("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, stock_vendido,
                    categoria, activo,
                    en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                VALUES ('Nevera', '', 1, 0, 77, 10, 4, 'otros', true, false, false, true, now(), now())""");
        assertEquals(6, shop.number("SELECT stock FROM productos"));
    }

    @ParameterizedTest
    @CsvSource({
        "5, -1, 0, productos_reservado_no_negativo",
        "5, 0, -1, productos_vendido_no_negativo",
        "5, 3, 3, productos_promesas_dentro_del_total",
    })
    void the_database_refuses_impossible_figures(int total, int reserved, int sold, String constraint) {
        migrateTo(NEWEST);
        int product = shop.productWithFigures(5, 0, 0);
        RuntimeException violation = assertThrows(
                RuntimeException.class,
                () -> database.useTransaction(handle -> handle.execute(
                        "UPDATE productos SET stock_total = ?, stock_reservado = ?, stock_vendido = ? WHERE id = ?",
                        total,
                        reserved,
                        sold,
                        product)));
        assertEquals(constraint, SqlStates.constraint(violation).orElseThrow());
    }

    @Test
    void a_product_that_is_not_initialised_keeps_its_stock_through_every_migration() {
        migrateTo(18);
        int product = shop.productWithStock(217);
        for (int number : new int[] {19, 20, 21, 22, NEWEST, 20, 19, 18, NEWEST, 18, 19}) {
            migrateTo(number);
            assertEquals(217, shop.number("SELECT stock FROM productos WHERE id = " + product));
            assertEquals(number == 18 ? 0 : 1, migrations.uninitialisedProducts());
        }
        assertTrue(migrations.uninitialisedHint().orElseThrow().contains("actualizar_stock"));
        assertEquals(0, shop.number("SELECT stock_total FROM productos"));
    }

    @Test
    void back_to_0018_and_forwards_again_brings_everything_back_with_what_the_old_shop_sold() {
        migrateTo(NEWEST);
        int buyer = shop.user("ale");
        int product = shop.productWithFigures(50, 6, 9);
        int untouched = shop.productWithStock(7);
        int confirmed = shop.reservation(buyer, product, 10, "confirmed", "-1 hour");
        int pending = shop.reservation(buyer, product, 6, "pending", "-1 second");
        shop.execute("UPDATE stock_reservations SET precio_unitario = 99.99, checkout_id = "
                + "nextval('checkouts_id_seq'), pedido_id = 4 WHERE id = "
                + confirmed);
        shop.execute("""
                INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, pedido_id,
                    created_at)
                VALUES (%d, 'devolucion', 0, -1, 'vino roto', 4, now())""".formatted(product));

        migrateTo(18);
        assertEquals(41, shop.number("SELECT stock FROM productos WHERE id = " + product));
        assertTrue(
                lines.contains("  Terminadas: 0 reservas vivas (cancelled) y 1 ya vencidas (expired)."),
                lines::toString);
        assertTrue(
                lines.contains("  Guardadas en el archivo: 2 reservas y las cifras de 1 productos."), lines::toString);
        assertTrue(
                lines.contains("  Guardados en el archivo: 1 movimientos y los datos de compra de 1 reservas."),
                lines::toString);

        shop.execute("UPDATE productos SET stock = stock - 2 WHERE id = " + product);
        migrateTo(NEWEST);
        assertEquals("48/0/9 stock 39", shop.figures(product));
        assertEquals("0/0/0 stock 7", shop.figures(untouched));
        assertEquals(
                "confirmed 99.99 1 4",
                shop.text("SELECT concat_ws(' ', status, precio_unitario, checkout_id, pedido_id) FROM "
                        + "stock_reservations WHERE id = " + confirmed));
        assertEquals(
                "expired t",
                shop.text("SELECT concat_ws(' ', status, cancelled_at IS NOT NULL) FROM stock_reservations "
                        + "WHERE id = " + pending));
        assertEquals(
                "devolucion 0 -1 vino roto|ajuste -2 0 Diferencia encontrada al volver de una base sin inventario",
                shop.text("""
                SELECT string_agg(concat_ws(' ', tipo, delta_total, delta_vendido, motivo), '|' ORDER BY id)
                FROM movimientos_stock"""));
        assertEquals(0, shop.number("SELECT count(*) FROM archivo_reservas"));
        assertEquals(2, shop.number("SELECT nextval('checkouts_id_seq')"));
        assertTrue(shop.reservation(buyer, product, 1, "pending", "1 hour") > pending);
    }

    @Test
    void a_second_round_trip_loses_nothing_either() {
        migrateTo(NEWEST);
        int buyer = shop.user("ale");
        int product = shop.productWithFigures(10, 0, 3);
        shop.reservation(buyer, product, 3, "confirmed", "-1 hour");
        for (int round = 1; round <= 3; round++) {
            migrateTo(18);
            shop.execute("UPDATE productos SET stock = stock - 1 WHERE id = " + product);
            migrateTo(NEWEST);
            assertEquals("%d/0/3 stock %d".formatted(10 - round, 7 - round), shop.figures(product));
            assertEquals(1, shop.number("SELECT count(*) FROM stock_reservations"));
            assertEquals(-round, shop.number("SELECT sum(delta_total) FROM movimientos_stock"));
        }
    }

    @Test
    void live_holds_end_only_with_force_and_a_refusal_undoes_nothing() {
        migrateTo(NEWEST);
        int product = shop.productWithFigures(10, 4, 0);
        int hold = shop.reservation(shop.user("ale"), product, 4, "pending", "10 minutes");
        lines.clear();

        assertTrue(refusal(new Target.Number(18), false).contains("1 reservas vivas"));
        assertEquals(NEWEST, migrations.status().level());
        assertEquals(List.of(), lines);
        assertEquals("10/4/0 stock 6", shop.figures(product));

        assertEquals(new Done(above(18)), migrations.migrateTo(new Target.Number(18), true, lines::add));
        assertEquals(10, shop.number("SELECT stock FROM productos"));
        assertTrue(
                lines.contains("  Terminadas: 1 reservas vivas (cancelled) y 0 ya vencidas (expired)."),
                lines::toString);
        migrateTo(NEWEST);
        assertEquals("10/0/0 stock 10", shop.figures(product));
        assertEquals(
                "cancelled t",
                shop.text("SELECT concat_ws(' ', status, cancelled_at IS NOT NULL) FROM stock_reservations WHERE id = "
                        + hold));
    }

    @Test
    void back_to_0019_keeps_live_holds_for_the_old_shop_and_forwards_restores_prices_and_movements() {
        migrateTo(NEWEST);
        int product = shop.productWithFigures(10, 4, 0);
        shop.reservation(shop.user("ale"), product, 4, "pending", "10 minutes");
        shop.execute("UPDATE stock_reservations SET precio_unitario = 12.50, checkout_id = 3");
        shop.execute(("INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, created_at) "
                        + "VALUES (%d, 'entrada', 10, 0, now())")
                .formatted(product));
        migrateTo(19);
        assertEquals("10/4/0 stock 6", shop.figures(product));
        assertEquals("pending", shop.text("SELECT status FROM stock_reservations"));
        shop.execute("UPDATE productos SET stock = 5 WHERE id = " + product);
        assertEquals(5, shop.number("SELECT stock FROM productos"));

        migrateTo(NEWEST);
        assertEquals("10/4/0 stock 6", shop.figures(product));
        assertEquals(
                "pending 12.50 3",
                shop.text("SELECT concat_ws(' ', status, precio_unitario, checkout_id) FROM stock_reservations"));
        assertEquals(
                1, shop.number("SELECT count(*) FROM movimientos_stock WHERE tipo = 'entrada' AND delta_total = 10"));
    }

    @ParameterizedTest
    @CsvSource({"45, true", "19, true", "18, false"})
    void payments_charges_and_refunds_come_back_with_their_numbers_and_a_hold_that_lives_has_its_payment(
            int back, boolean pending) {
        migrateTo(NEWEST);
        int buyer = shop.user("ale");
        int product = shop.productWithFigures(10, 4, 0);
        int hold = shop.reservation(buyer, product, 4, "pending", "10 minutes");
        shop.execute("""
                INSERT INTO pagos (usuario_id, estado, proveedor, referencia, importe, metodo_pago, direccion_entrega,
                                   telefono, vence, creado_at, actualizado_at)
                VALUES (%d, 'iniciado', 'prueba', 'r1', 10, 'tarjeta', 'Calle 23', '5', now(), now(), now())
                """.formatted(buyer));
        shop.execute("INSERT INTO lineas_pago VALUES (1, %d, %d, 4, 2.50)".formatted(hold, product));
        shop.execute("INSERT INTO cobros (proveedor, cobro, pago_id, importe, recibido_at, resultado) "
                + "VALUES ('prueba', 'c1', 1, 9, now(), 'reembolso')");
        shop.execute("INSERT INTO reembolsos (pago_id, cobro_id, importe, motivo, estado, debido_at) "
                + "VALUES (1, 1, 9, 'importe_distinto', 'debido', now())");
        shop.execute("UPDATE stock_reservations SET pago_id = 1, retenida_desde = '2026-01-01Z'");

        assertInstanceOf(Done.class, migrations.migrateTo(new Target.Number(back), true, lines::add));
        assertTrue(
                lines.contains(
                        "  Guardados en el archivo: 1 pagos; 1 están a medias, y su dinero no lo espera nadie hasta "
                                + "volver aquí."),
                lines::toString);
        migrateTo(NEWEST);

        assertEquals("1 iniciado r1 Calle 23|4 2.50|c1 reembolso|importe_distinto debido", shop.text("""
                        SELECT concat_ws('|',
                            (SELECT concat_ws(' ', id, estado, referencia, direccion_entrega) FROM pagos),
                            (SELECT concat_ws(' ', cantidad, precio_unitario) FROM lineas_pago),
                            (SELECT concat_ws(' ', cobro, resultado) FROM cobros),
                            (SELECT concat_ws(' ', motivo, estado) FROM reembolsos))
                        """));
        assertEquals(
                pending ? "1 2026" : "",
                shop.text("SELECT concat_ws(' ', pago_id, extract(year FROM retenida_desde)) FROM stock_reservations"));
        assertEquals(2, shop.number("SELECT nextval('pagos_id_seq')"));
        assertEquals(
                0,
                shop.number("SELECT count(*) FROM pg_class WHERE relname IN ('archivo_pagos', 'archivo_cobros', "
                        + "'archivo_lineas_pago', 'archivo_reembolsos', 'archivo_reservas_pago')"));
    }

    @Test
    void back_to_0027_notes_on_each_cart_the_checkout_that_is_neither_paid_nor_given_up() {
        migrateTo(NEWEST);
        int product = shop.productWithFigures(20, 5, 2);
        for (String[] checkouts : new String[][] {
            {"espera", "1 pending", "1 pending"},
            {"vencido", "2 confirmed", "3 expired"},
            {"pagado", "4 expired", "5 confirmed"},
            {"dejado", "6 expired", "7 cancelled"},
            {"menguado", "8 cancelled", "9 pending", "9 cancelled"}
        }) {
            int buyer = shop.user(checkouts[0]);
            shop.execute(("INSERT INTO carts (created_at, updated_at, user_id, checkout_id, "
                            + "checkout_lineas) VALUES (now(), now(), %d, 99, 9)")
                    .formatted(buyer));
            for (int i = 1; i < checkouts.length; i++) {
                int hold = shop.reservation(buyer, product, 1, checkouts[i].substring(2), "10 minutes");
                shop.execute("UPDATE stock_reservations SET checkout_id = %s WHERE id = %d"
                        .formatted(checkouts[i].substring(0, 1), hold));
            }
        }

        migrateTo(27);
        assertEquals("dejado,espera 1 2,menguado 9 2,pagado,vencido 3 1", shop.text("""
                SELECT string_agg(concat_ws(' ', username, checkout_id, checkout_lineas), ',' ORDER BY username)
                  FROM carts JOIN auth_user u ON u.id = user_id"""));
    }

    @Test
    void what_lost_its_product_or_user_stays_in_the_archive_and_a_gone_buyers_sales_stay_explained() {
        migrateTo(NEWEST);
        int gone = shop.user("se-fue");
        int here = shop.user("sigue");
        int product = shop.productWithFigures(20, 0, 5);
        int deleted = shop.productWithFigures(8, 0, 1);
        shop.reservation(gone, product, 3, "confirmed", "-1 hour");
        shop.reservation(here, product, 2, "confirmed", "-1 hour");
        shop.reservation(here, deleted, 1, "confirmed", "-1 hour");
        migrateTo(18);
        shop.execute("DELETE FROM productos WHERE id = " + deleted);
        shop.execute("DELETE FROM auth_user WHERE id = " + gone);
        migrateTo(NEWEST);
        assertEquals("20/0/5 stock 15", shop.figures(product));
        assertEquals(1, shop.number("SELECT count(*) FROM stock_reservations"));
        assertEquals(2, shop.number("SELECT count(*) FROM archivo_reservas"));
        assertEquals(5, shop.number("""
                SELECT (SELECT sum(cantidad) FROM stock_reservations WHERE status = 'confirmed') + sum(delta_vendido)
                FROM movimientos_stock"""));
        assertTrue(shop.reservation(here, product, 1, "expired", "-1 hour")
                > shop.number("SELECT max(id) FROM archivo_reservas"));
    }

    @Test
    void figures_that_contradict_each_other_leave_the_stock_as_it_is() {
        migrateTo(19);
        int product = shop.productWithStock(20);
        shop.execute("UPDATE productos SET stock_reservado = 1 WHERE id = " + product);
        assertTrue(refusal(new Target.Number(20), false).contains("1 productos tienen cifras imposibles"));
        assertEquals(19, migrations.status().level());
        migrateTo(18);
        assertEquals(20, shop.number("SELECT stock FROM productos"));
    }

    @Test
    void zero_drops_a_shop_of_ours_only_with_force_once_it_holds_something() {
        migrateTo(NEWEST);
        assertEquals(new Done(above(17)), migrations.migrateTo(Target.ZERO, false, lines::add));
        assertTrue(migrations.status().empty());
        assertEquals(0, shop.number("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));

        migrateTo(NEWEST);
        shop.productWithFigures(3, 0, 0);
        assertTrue(refusal(Target.ZERO, false).contains("0 usuarios y 1 productos"));
        assertEquals(NEWEST, migrations.status().level());
        assertEquals(new Done(above(17)), migrations.migrateTo(Target.ZERO, true, lines::add));
        assertEquals(0, shop.number("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
        assertEquals(new Done(0), migrations.migrateTo(Target.ZERO, false, lines::add));
    }

    @Test
    void two_that_migrate_at_once_apply_each_step_once() throws Exception {
        CyclicBarrier start = new CyclicBarrier(4);
        Callable<MigrationOutcome> instance = () -> {
            List<String> own = new ArrayList<>();
            start.await();
            MigrationOutcome outcome = new Migrations(database).upgradeForServer(own::add);
            synchronized (lines) {
                lines.addAll(own);
            }
            return outcome;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<MigrationOutcome>> running = List.of(
                    threads.submit(instance),
                    threads.submit(instance),
                    threads.submit(instance),
                    threads.submit(instance));
            for (Future<MigrationOutcome> one : running) {
                assertInstanceOf(Done.class, one.get());
            }
        }
        assertEquals(above(17), lines.size(), lines::toString);
        assertTrue(migrations.status().current());
    }

    @Test
    void waiting_for_another_that_migrates_is_bounded() {
        try (Database another = new Database(database.target(), 1)) {
            another.read(handle -> {
                MigrationSql.lock(handle, 5);
                Migrations impatient = new Migrations(database, Migration.KNOWN, 1);
                String reason = assertInstanceOf(Refused.class, impatient.migrateTo(Target.LATEST, false, lines::add))
                        .reason();
                assertTrue(reason.contains("Otro proceso"), reason);
                MigrationSql.unlock(handle, true);
                return null;
            });
        }
        migrateTo(NEWEST);
    }

    @Test
    void a_migration_that_fails_half_way_leaves_the_earlier_state() {
        List<Migration> broken = new ArrayList<>(Migration.KNOWN.subList(0, 3));
        broken.add(new Migration(21, "0021_rota", () -> "CREATE TABLE a_medias (id int); SELECT 1 / 0;", () -> ""));
        Migrations failing = new Migrations(database, broken, 5);
        RuntimeException failure =
                assertThrows(RuntimeException.class, () -> failing.migrateTo(Target.LATEST, false, lines::add));
        assertEquals("22012", SqlStates.sqlState(failure).orElseThrow());
        assertEquals(20, migrations.status().level());
        assertEquals("Applying api.0020_reservas_seguras... OK", lines.getLast());
        assertEquals(0, shop.number("SELECT count(to_regclass('a_medias'))"));
        migrateTo(NEWEST);
    }

    @Test
    void a_database_newer_than_this_program_is_refused_with_the_reason() {
        migrateTo(NEWEST);
        shop.execute("INSERT INTO electro_isla_migraciones (numero, nombre, aplicada_at) VALUES (9999, "
                + "'9999_del_futuro', now())");
        assertEquals("9999_del_futuro", migrations.status().newerThanKnown().orElseThrow());
        assertTrue(refusal(new Target.Number(19), true).contains("9999_del_futuro"));
        assertTrue(assertInstanceOf(Refused.class, migrations.upgradeForServer(lines::add))
                .reason()
                .contains("9999_del_futuro"));
    }

    @Test
    void a_server_refuses_a_database_at_0018_and_upgrades_one_at_0019() {
        migrateTo(18);
        assertTrue(assertInstanceOf(Refused.class, migrations.upgradeForServer(lines::add))
                .reason()
                .contains("./manage migrate api 0019"));
        assertEquals(18, migrations.status().level());
        migrateTo(19);
        assertEquals(new Done(above(19)), migrations.upgradeForServer(lines::add));
        assertEquals(new Done(0), migrations.upgradeForServer(lines::add));
    }

    @Test
    void tables_of_unknown_origin_are_refused() {
        shop.execute("CREATE TABLE productos (id int)");
        assertTrue(refusal(Target.LATEST, true).contains("base vacía"));
        assertFalse(migrations.status().empty());
    }
}
