package com.electroisla.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.command.ManageRun;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import com.electroisla.demo.DemoShop;
import com.electroisla.event.EventKind;
import com.electroisla.event.Listener;
import com.electroisla.event.StoredEvent;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.inventory.Inventory;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.reconciliation.Differences.Outcome;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.NotForSale;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.wiring.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Differences are found in their turn, confirmed, told, close their product, and end when a person ends them. */
class ReconcileIT {
    private final ShopFixture shop = new ShopFixture();
    private int forms;

    @TempDir
    private Path base;

    @AfterEach
    void close() {
        shop.close();
    }

    /** A product with a hold of 4 of its 10 units, whose figure has lost the hold. */
    private long parted() {
        long product = shop.productWithStock(10);
        shop.checkout(shop.buyerWith(product, 4));
        shop.sql("UPDATE productos SET stock_reservado = 1 WHERE id = ?", product);
        return product;
    }

    private record Hears(EventKind kind, Consumer<StoredEvent> what) implements Listener {
        @Override
        public Set<EventKind> kinds() {
            return Set.of(kind);
        }

        @Override
        public void hear(Handle handle, List<StoredEvent> events, Instant now) {
            events.forEach(what);
        }
    }

    private IdempotencyKey form(int user) {
        return IdempotencyKey.of(user, "FORM", "/admin/diferencias/", "f" + ++forms, new byte[0]);
    }

    private Outcome repair(long difference, int who) {
        return now(shop.shop.differences().repair(difference, new Actor(who, null, null), form(who)));
    }

    private Outcome accept(long difference, int who) {
        return now(shop.shop.differences().accept(difference, "Contado a mano", new Actor(who, null, null), form(who)));
    }

    private static Outcome now(Applied<Outcome> applied) {
        return switch (applied) {
            case Applied.Now<Outcome>(Outcome outcome) -> outcome;
            case Applied.Before<Outcome> before -> throw new AssertionError(before);
        };
    }

    private List<StoredDifference> open() {
        return shop.shop.differences().page(true, Long.MAX_VALUE, 50);
    }

    private boolean isSold(long product) {
        return shop.shop.products().find(product).isPresent();
    }

    private String closed(long product) {
        return shop.text("SELECT (cerrado_desde IS NOT NULL)::text FROM productos WHERE id = ?", product);
    }

    @Test
    void a_difference_is_recorded_once_and_closes_its_product_until_somebody_repairs_it() {
        long product = parted();
        long other = shop.productWithStock(5);
        int late = shop.buyerWith(product, 1);
        int holder = (int) shop.number("SELECT usuario_id FROM stock_reservations WHERE producto_id = ?", product);

        assertEquals(1, shop.shop.reconcile().run());
        assertEquals(0, shop.shop.reconcile().run());

        StoredDifference found = open().getFirst();
        assertEquals(1, open().size());
        assertEquals(Aspect.RESERVED, found.aspect());
        assertEquals(
                "1 4", found.figure().toPlainString() + " " + found.expected().toPlainString());
        assertEquals(false, isSold(product));
        assertEquals(true, isSold(other));
        assertInstanceOf(NotForSale.class, shop.checkout(late));
        assertInstanceOf(NotForSale.class, shop.pay(holder));
        assertEquals("true", shop.text("SELECT activo::text FROM productos WHERE id = ?", product));
        assertEquals(2, shop.number("SELECT count(*) FROM cart_items WHERE product_id = ?", product));
        assertEquals(1, shop.shop.reconcile().figures().open());
        assertEquals(1, shop.shop.reconcile().figures().found());

        int admin = shop.person("admin");
        assertEquals(new Outcome.Ended(true), repair(found.id(), admin));

        assertEquals("10/4/0", shop.figures(product));
        assertEquals(List.of(), open());
        assertEquals(
                List.of("reparada " + admin), shop.texts("SELECT situacion || ' ' || terminada_por FROM diferencias"));
        assertEquals(new Outcome.NotOpen(), repair(found.id(), admin));
        assertInstanceOf(Ordered.class, shop.pay(holder));
        assertInstanceOf(Reserved.class, shop.checkout(late));
        assertEquals(
                1,
                shop.number(
                        "SELECT count(*) FROM audit_logs WHERE accion = 'reparar' AND usuario_id = ? AND "
                                + "detalles ->> 'sujeto' = ?",
                        admin,
                        "producto/" + product));
    }

    @Test
    void a_buyer_gives_up_what_they_hold_of_a_closed_product() {
        long product = parted();
        shop.shop.reconcile().run();
        int holder = (int) shop.number("SELECT usuario_id FROM stock_reservations WHERE producto_id = ?", product);
        assertInstanceOf(Cancelled.class, shop.cancel(shop.shop, holder));
        assertEquals("true", closed(product), "figures that agree again by chance open nothing");
    }

    @Test
    void what_was_accepted_is_sold_again_and_told_of_again_only_when_it_changes() {
        long product = parted();
        shop.shop.reconcile().run();
        assertEquals(new Outcome.Ended(true), accept(open().getFirst().id(), shop.person("admin")));
        assertEquals(true, isSold(product));
        assertEquals("10/1/0", shop.figures(product), "the figures stay as they are");

        assertEquals(0, shop.shop.reconcile().run());
        shop.checkout(shop.buyerWith(product, 2));
        assertEquals(0, shop.shop.reconcile().run(), "figure and rows went on together");
        shop.sql("UPDATE productos SET stock_reservado = 0 WHERE id = ?", product);
        assertEquals(1, shop.shop.reconcile().run());
        assertEquals("true", closed(product));
    }

    @Test
    void an_accepted_difference_that_is_repaired_after_all_is_told_of_again_when_it_comes_back() {
        long product = parted();
        shop.shop.reconcile().run();
        accept(open().getFirst().id(), shop.person("admin"));
        shop.shop.repairInventory().run(Optional.empty(), repair -> {});
        assertEquals(0, shop.shop.reconcile().run());
        shop.sql("UPDATE productos SET stock_reservado = 1 WHERE id = ?", product);
        assertEquals(1, shop.shop.reconcile().run());
    }

    @Test
    void rows_that_do_not_fit_into_the_total_are_refused_and_the_product_stays_closed() {
        long product = parted();
        shop.sql("UPDATE productos SET stock_reservado = 0, stock_total = 3 WHERE id = ?", product);
        shop.shop.reconcile().run();
        assertEquals(new Outcome.DoesNotFit(4, 0, 3), repair(open().getFirst().id(), shop.person("trabajador")));
        assertEquals("true", closed(product));
    }

    @Test
    void the_turn_goes_through_everything_and_what_is_new_is_looked_at_at_once() {
        shop.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, categoria, activo,
                       en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                SELECT 'Producto ' || n, '', 1, 0, 0, 9, 'otros', true, false, false, true, now(), now()
                FROM generate_series(1, 1200) n""");
        long first = shop.number("SELECT min(id) FROM productos");
        long last = shop.number("SELECT max(id) FROM productos");
        shop.shop.reconcile().run();
        shop.sql("UPDATE productos SET stock_reservado = 2 WHERE id IN (?, ?)", first, last);
        shop.checkout(shop.buyerWith(last, 1));

        assertEquals(1, shop.shop.reconcile().run(), "the new hold tells of its product");
        assertEquals(last, open().getFirst().productId());
        assertEquals(0, shop.shop.reconcile().run(), "the end of the turn");
        assertEquals(1, shop.shop.reconcile().run(), "the next turn begins with the first");
        assertEquals(first, open().getFirst().productId());
        assertTrue(shop.number("SELECT count(*) FROM conciliacion WHERE vuelta_anterior_at IS NOT NULL") >= 1);
    }

    @Test
    void another_server_that_is_at_a_part_leaves_it_to_the_first() throws Exception {
        parted();
        try (Connection other = shop.target.connect(Map.of())) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM conciliacion WHERE parte = 'productos' FOR UPDATE");
            assertEquals(0, shop.shop.reconcile().run());
        }
        assertEquals(1, shop.openInstance().reconcile().run());
    }

    @Test
    void an_order_whose_units_are_not_those_sold_for_it_closes_their_product() {
        long product = shop.productWithStock(10);
        int buyer = shop.buyerWith(product, 2);
        shop.checkout(buyer);
        long order = assertInstanceOf(Ordered.class, shop.pay(buyer)).order().id();
        assertEquals(0, shop.shop.reconcile().run());

        shop.sql("UPDATE detalles_pedido SET cantidad = 3 WHERE pedido_id = ?", order);
        assertEquals(1, shop.shop.reconcile().run());

        StoredDifference found = open().getFirst();
        assertEquals(Aspect.ORDER_UNITS, found.aspect());
        assertEquals("pedido/" + order + "/" + product, found.subject());
        assertEquals("true", closed(product));
        int admin = shop.person("admin");
        assertEquals(new Outcome.ByHand(), repair(found.id(), admin));
        shop.sql("UPDATE detalles_pedido SET cantidad = 2 WHERE pedido_id = ?", order);
        assertEquals(new Outcome.Ended(true), repair(found.id(), admin));
        assertEquals("false", closed(product));
    }

    @Test
    void a_total_that_is_not_its_lines_is_told_and_closes_nothing() {
        long product = shop.productWithStock(10);
        int buyer = shop.buyerWith(product, 2);
        shop.checkout(buyer);
        shop.pay(buyer);
        shop.sql("UPDATE pedidos SET total = total - 1");
        assertEquals(1, shop.shop.reconcile().run());
        assertEquals(Aspect.ORDER_TOTAL, open().getFirst().aspect());
        assertEquals("false", closed(product));
    }

    @Test
    void units_that_come_back_twice_or_not_at_all_are_found() {
        long product = shop.productWithStock(10);
        int buyer = shop.buyerWith(product, 2);
        shop.checkout(buyer);
        long order = assertInstanceOf(Ordered.class, shop.pay(buyer)).order().id();
        shop.shop
                .database()
                .useTransaction(handle -> shop.shop
                        .orders()
                        .cancel(
                                handle,
                                new Orders.Viewer(buyer, Role.CLIENTE),
                                order,
                                shop.shop.clock().now(handle)));
        assertEquals(0, shop.shop.reconcile().run(), "a cancelled order gave all its units back");

        shop.sql("INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, pedido_id, created_at) "
                + "SELECT producto_id, tipo, 0, -1, pedido_id, now() FROM movimientos_stock");
        shop.shop.reconcile().run();
        assertTrue(
                open().stream().map(StoredDifference::aspect).toList().contains(Aspect.ORDER_RETURNED),
                open()::toString);

        shop.sql("DELETE FROM diferencias");
        shop.sql("DELETE FROM movimientos_stock");
        shop.sql("UPDATE productos SET stock_vendido = 2, cerrado_desde = NULL");
        shop.shop.reconcile().run();
        assertEquals(
                List.of(Aspect.ORDER_RETURNED),
                open().stream().map(StoredDifference::aspect).toList(),
                OrderState.CANCELLED.word());
    }

    @Test
    void an_order_of_the_old_shop_and_one_whose_buyer_was_deleted_are_no_difference() {
        long product = shop.productWithStock(10);
        int buyer = shop.buyerWith(product, 2);
        shop.checkout(buyer);
        shop.pay(buyer);
        shop.sql("DELETE FROM stock_reservations WHERE usuario_id = ?", buyer);
        int old = shop.anyBuyer();
        shop.sql(
                "INSERT INTO pedidos (usuario_id, estado, metodo_pago, total, direccion_entrega, telefono, notas, "
                        + "created_at, updated_at) VALUES (?, 'pendiente', 'efectivo', 7, '', '', '', now(), now())",
                old);
        assertEquals(0, shop.shop.reconcile().run());
        assertEquals(List.of(), shop.differences());
    }

    @Test
    void the_event_has_the_figures_and_the_subject_is_the_product() {
        List<String> heard = new ArrayList<>();
        Shop listening = shop.openInstance(
                new Hears(EventKind.INVENTORY_DIFFERS, event -> heard.add(event.subject() + " " + event.data())));
        long product = parted();
        listening.reconcile().run();
        listening.distributeEvents().run();
        assertEquals(1, heard.size());
        assertTrue(heard.getFirst().startsWith("producto/" + product + " "), heard::toString);
        assertTrue(heard.getFirst().contains("\"esperado\": 4"), heard::toString);
    }

    @Test
    void while_buyers_buy_no_false_alarm_is_raised() throws Exception {
        List<Long> products = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            products.add(shop.productWithStock(1_000));
        }
        Shop second = shop.openInstance();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            long product = products.get(i % 4);
            int buyer = shop.buyerWith(product, 1 + i % 3);
            Shop instance = i % 2 == 0 ? shop.shop : second;
            work.add(() -> {
                for (int round = 0; round < 8; round++) {
                    shop.inCart(buyer, product, 1 + round % 3);
                    shop.checkout(instance, buyer);
                    if (round % 2 == 0) {
                        shop.pay(instance, buyer);
                    } else {
                        shop.cancel(instance, buyer);
                    }
                }
                return 0;
            });
        }
        Callable<Integer> looking = () -> {
            int found = 0;
            for (int i = 0; i < 40; i++) {
                found += shop.shop.reconcile().run() + second.reconcile().run();
            }
            return found;
        };
        work.add(looking);
        int alarms = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> each : threads.invokeAll(work)) {
                alarms += each.get();
            }
        }
        assertEquals(0, alarms);
        assertEquals(List.of(), shop.differences());
    }

    private ManageRun verify(String... more) {
        List<String> args = new ArrayList<>(List.of("verificar_inventario"));
        args.addAll(List.of(more));
        return ManageRun.of(base, Map.of("DATABASE_URL", ManageRun.url(shop.target)), args.toArray(String[]::new));
    }

    @Test
    void the_command_repairs_reopens_and_says_so() {
        long product = parted();
        shop.shop.reconcile().run();
        assertTrue(
                verify().out().stream().anyMatch(line -> line.startsWith("ℹ️ 1 productos cerrados")),
                verify()::toString);
        List<String> told = verify("--reparar").out();
        assertTrue(told.contains("  ✓ Producto (id %d): vuelve a la venta".formatted(product)), told::toString);
        assertEquals(true, isSold(product));
        assertEquals(List.of("reparada"), shop.texts("SELECT situacion FROM diferencias"));

        shop.sql("UPDATE productos SET stock_reservado = 0, stock_total = 3 WHERE id = ?", product);
        told = verify("--reparar").out();
        assertTrue(
                told.stream()
                        .anyMatch(line -> line.startsWith("  ✗ Producto (id %d): queda cerrado".formatted(product))),
                told::toString);
        assertEquals("true", closed(product));

        shop.sql("UPDATE productos SET stock_total = 10, stock_reservado = 4 WHERE id = ?", product);
        assertEquals("true", closed(product), "nobody said that it is repaired");
        told = verify("--reparar").out();
        assertTrue(told.contains("  ✓ Producto (id %d): vuelve a la venta".formatted(product)), told::toString);
    }

    @Test
    void the_first_moment_lies_between_the_last_witness_that_agrees_and_the_first_that_does_not() {
        Shop kept = shop.openInstance(new Hears(EventKind.STOCK_CHANGED, event -> {}));
        shop.clock.stopAt(Instant.parse("2026-11-24T10:00:00Z"));
        long product = shop.productWithStock(100);
        for (int i = 0; i < 9; i++) {
            if (i == 5) {
                shop.sql("UPDATE productos SET stock_vendido = stock_vendido - 1 WHERE id = ?", product);
            }
            int buyer = shop.buyerWith(product, 1);
            shop.checkout(kept, buyer);
            shop.clock.advance(Duration.ofMinutes(1));
            shop.pay(kept, buyer);
            shop.clock.advance(Duration.ofMinutes(1));
        }
        // Sold at 10:01, 10:03 ... 10:17; the figure lost one after 10:09 and before the hold of 10:10.
        Inventory.Difference difference = shop.differences().getFirst();
        assertEquals(
                new Differences.Since(Instant.parse("2026-11-24T10:09:00Z"), Instant.parse("2026-11-24T10:10:00Z")),
                shop.shop.differences().since(difference));
        List<String> told = verify("--desde").out();
        assertTrue(
                told.getFirst()
                        .endsWith("stock_vendido: cuadraba el 2026-11-24 06:09:00 y ya no el 2026-11-24 06:10:00"),
                told::toString);
    }

    @Test
    void where_nothing_has_kept_the_past_the_command_says_so() {
        parted();
        assertTrue(
                verify("--desde").out().getFirst().contains("no se sabe desde cuándo; es seguro que ya el "),
                verify("--desde")::toString);
    }

    @Test
    void a_step_back_keeps_the_differences_and_the_step_forward_closes_their_products_again() {
        long product = parted();
        shop.shop.reconcile().run();
        String before = shop.text("SELECT to_jsonb(d) - 'id' FROM diferencias d");
        Migrations migrations = new Migrations(shop.shop.database());
        assertInstanceOf(MigrationOutcome.Done.class, migrations.migrateTo(new Target.Number(46), true, line -> {}));
        assertEquals(
                "0",
                shop.text("SELECT count(*)::text FROM information_schema.columns WHERE column_name = 'cerrado_desde'"));
        assertInstanceOf(MigrationOutcome.Done.class, migrations.migrateTo(Target.LATEST, true, line -> {}));
        assertEquals(before, shop.text("SELECT to_jsonb(d) - 'id' FROM diferencias d"));
        assertEquals("true", closed(product));
        assertEquals("", shop.text("SELECT COALESCE(to_regclass('archivo_diferencias')::text, '')"));
    }

    @Test
    void a_suspicion_that_is_gone_under_the_products_lock_is_no_alarm() throws Exception {
        long product = parted();
        try (Connection other = shop.target.connect(Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            other.createStatement().execute("UPDATE productos SET stock_reservado = 4 WHERE id = " + product);
            Future<Integer> found = threads.submit(() -> shop.shop.reconcile().run());
            Eventually.until(() -> shop.waitingForLocks() > 0);
            other.commit();
            assertEquals(0, found.get());
        }
        assertEquals(List.of(), open());
        assertEquals("false", closed(product));
    }

    @Test
    void a_shop_that_lives_and_one_that_was_taken_over_have_no_differences() {
        new DemoShop(shop.shop.database(), shop.clock, Duration.ofMinutes(15)).openOrFill(() -> "!");
        assertEquals(0, shop.shop.reconcile().run());
        assertTrue(shop.number("SELECT count(*) FROM pedidos") > 0);
        try (ShopFixture old = new ShopFixture(LegacyDatabase.create(19))) {
            old.sql("UPDATE productos SET stock_vendido = stock_vendido + 1 WHERE stock_total - stock_vendido > 5");
            assertInstanceOf(
                    MigrationOutcome.Done.class,
                    new Migrations(old.shop.database()).migrateTo(Target.LATEST, false, line -> {}));
            assertTrue(old.differences().size() > 0, "figures that the old shop left");
            assertEquals(0, old.shop.reconcile().run());
        }
    }
}
