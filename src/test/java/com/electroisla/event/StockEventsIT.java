package com.electroisla.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.admin.StaffProducts;
import com.electroisla.audit.Actor;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.Adjustment;
import com.electroisla.order.Orders;
import com.electroisla.transfer.LoadOutcome;
import com.electroisla.wiring.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that changes a product's figures tells of it, in a shop to which somebody listens. */
class StockEventsIT {
    /** The figures as they are told. */
    record Told(long producto, int stock_total, int stock_reservado, int stock_vendido, int stock_disponible) {}

    /** Keeps what it hears, each event once, in the order of hearing. */
    private static final class Shelf implements Listener {
        @Override
        public Set<EventKind> kinds() {
            return Set.of(EventKind.STOCK_CHANGED);
        }

        @Override
        public void hear(Handle handle, List<StoredEvent> events, Instant now) {
            for (StoredEvent event : events) {
                Told told = event.read(Told.class);
                assertEquals("producto/" + told.producto, event.subject());
                handle.execute(
                        "INSERT INTO oidas (evento, producto, cifras, libres, causas) VALUES (?, ?, ?, ?, "
                                + "CAST(? AS jsonb) ->> 'causas')",
                        event.id(),
                        told.producto,
                        told.stock_total + "/" + told.stock_reservado + "/" + told.stock_vendido,
                        told.stock_disponible,
                        event.data());
            }
        }
    }

    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();
    private final Shop shop = fixture.openInstance(new Shelf());
    private final Actor staff = new Actor(fixture.person("admin"), null, null);
    private final long product = fixture.productWithStock(10);

    StockEventsIT() {
        fixture.sql("CREATE TABLE oidas (n serial, evento bigint UNIQUE, producto bigint, cifras text, libres int, "
                + "causas text)");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** All that was told since the last call, of any product. */
    private List<String> told() {
        shop.distributeEvents().run();
        List<String> told = fixture.texts("SELECT cifras || ' ' || libres || ' ' || causas FROM oidas ORDER BY n");
        fixture.sql("DELETE FROM oidas");
        return told;
    }

    private long holdOf(int buyer) {
        return fixture.number("SELECT id FROM stock_reservations WHERE usuario_id = ? AND status = 'pending'", buyer);
    }

    private void adjust(long of, Adjustment.Kind kind, int units, Set<Long> accepted) {
        assertInstanceOf(
                AdjustStock.Outcome.Done.class,
                shop.adjustStock().run(of, new Adjustment(kind, units, "prueba"), accepted, staff));
    }

    @Test
    void what_buyers_do_to_a_product_is_told_once_each_with_the_figures_after_it() {
        int buyer = fixture.buyerWith(product, 2);
        fixture.checkout(shop, buyer);
        assertEquals(List.of("10/2/0 8 [\"reserva\"]"), told());
        fixture.checkout(shop, buyer);
        assertEquals(List.of(), told(), "a renewal changes no figure");
        fixture.pay(shop, buyer);
        assertEquals(List.of("10/0/2 8 [\"venta\"]"), told());
        fixture.inCart(buyer, product, 3);
        fixture.checkout(shop, buyer);
        fixture.inCart(buyer, product, 1);
        fixture.checkout(shop, buyer);
        assertEquals(
                List.of("10/3/2 5 [\"reserva\"]", "10/1/2 7 [\"abandono\", \"reserva\"]"),
                told(),
                "one event for a hold that another replaces");
        fixture.cancel(shop, buyer);
        assertEquals(List.of("10/0/2 8 [\"abandono\"]"), told());
        long order = fixture.number("SELECT id FROM pedidos");
        shop.database()
                .useTransaction(handle -> assertInstanceOf(
                        Orders.CancelOutcome.Cancelled.class,
                        shop.orders()
                                .cancel(
                                        handle,
                                        new Orders.Viewer(buyer, Role.CLIENTE),
                                        order,
                                        fixture.clock.now(handle))));
        assertEquals(List.of("10/0/0 10 [\"cancelacion\"]"), told());
        assertEquals("10/0/0", fixture.figures(product));
    }

    @Test
    void the_end_of_a_hold_is_told_by_whoever_notices_it_the_sweep_another_buyer_or_the_staff() {
        fixture.checkout(shop, fixture.buyerWith(product, 9));
        fixture.clock.advance(Duration.ofMinutes(16));
        int second = fixture.buyerWith(product, 2);
        fixture.checkout(shop, second);
        assertEquals(List.of("10/9/0 1 [\"reserva\"]", "10/2/0 8 [\"expiracion\", \"reserva\"]"), told());
        int third = fixture.buyerWith(product, 1);
        fixture.checkout(shop, third);
        shop.releaseHolds().release(List.of(holdOf(third)), staff);
        assertEquals(List.of("10/3/0 7 [\"reserva\"]", "10/2/0 8 [\"liberacion\"]"), told());
        long other = fixture.productWithStock(4);
        fixture.checkout(shop, fixture.buyerWith(other, 4));
        told();
        fixture.clock.advance(Duration.ofMinutes(16));
        assertEquals(2, shop.expireReservations().run());
        assertEquals(List.of("10/0/0 10 [\"expiracion\"]", "4/0/0 4 [\"expiracion\"]"), told());
    }

    @Test
    void what_the_staff_does_to_figures_is_told_once_each_also_where_holds_end_with_it() throws Exception {
        adjust(product, Adjustment.Kind.ENTRY, 5, Set.of());
        assertEquals(List.of("15/0/0 15 [\"entrada\"]"), told());
        int buyer = fixture.buyerWith(product, 12);
        fixture.checkout(shop, buyer);
        told();
        adjust(product, Adjustment.Kind.LOSS, 6, Set.of(holdOf(buyer)));
        assertEquals(List.of("9/0/0 9 [\"merma\"]"), told());

        Path file = folder.resolve("catalogo.csv");
        Files.writeString(
                file,
                "id,nombre,precio,categoria,stock_total\n" + product + ",,,,20\n,Nuevo,1.00,otros,7\n,Vacío,1.00,"
                        + "otros,0\n");
        assertInstanceOf(LoadOutcome.Loaded.class, shop.loadCatalogue().run(file, false, (rows, part) -> {}));
        assertEquals(List.of("20/0/0 20 [\"importacion\"]", "7/0/0 7 [\"importacion\"]"), told());

        fixture.sql("UPDATE productos SET stock_reservado = 4 WHERE id = ?", product);
        assertEquals(
                1, shop.repairInventory().run(Optional.empty(), repair -> {}).done());
        assertEquals(List.of("20/0/0 20 [\"reparacion\"]"), told());

        long old = fixture.productWithStock(0);
        fixture.sql("UPDATE productos SET stock = 3 WHERE id = ?", old);
        assertEquals(1, shop.initialiseStock().run(product -> {}));
        assertEquals(List.of("3/0/0 3 [\"inicio\"]"), told());
        assertInstanceOf(
                StaffProducts.Outcome.Deleted.class, shop.staffProducts().delete(old, staff));
        assertEquals(List.of("0/0/0 0 [\"baja\"]"), told());
    }

    @Test
    void after_a_crowd_on_two_servers_the_last_word_about_each_product_is_its_row_and_none_came_out_of_order()
            throws Exception {
        List<Long> products = List.of(product, fixture.productWithStock(30), fixture.productWithStock(200));
        Shop other = fixture.openInstance(new Shelf());
        var over = new AtomicBoolean();
        List<Callable<Void>> crowd = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Random random = new Random(i);
            Shop instance = i % 2 == 0 ? shop : other;
            int buyer = fixture.anyBuyer();
            crowd.add(() -> {
                for (int act = 0; act < 25; act++) {
                    fixture.inCart(buyer, products.get(random.nextInt(3)), 1 + random.nextInt(3));
                    switch (random.nextInt(5)) {
                        case 0 -> fixture.cancel(instance, buyer);
                        case 1 -> fixture.pay(instance, buyer);
                        case 2 ->
                            instance.adjustStock()
                                    .run(
                                            products.get(random.nextInt(3)),
                                            new Adjustment(Adjustment.Kind.ENTRY, 1, "prueba"),
                                            Set.of(),
                                            staff);
                        default -> fixture.checkout(instance, buyer);
                    }
                }
                return null;
            });
        }
        Callable<Void> listening = () -> {
            while (!over.get()) {
                other.distributeEvents().run();
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Void> distributed = threads.submit(listening);
            for (Future<Void> done : threads.invokeAll(crowd)) {
                done.get();
            }
            over.set(true);
            distributed.get();
        }
        shop.distributeEvents().run();
        assertEquals(0, fixture.number("SELECT count(*) FROM eventos WHERE repartido_at IS NULL"));
        for (long each : products) {
            assertEquals(
                    fixture.figures(each),
                    fixture.text("SELECT cifras FROM oidas WHERE producto = ? ORDER BY n DESC LIMIT 1", each));
        }
        assertEquals(
                0,
                fixture.number("SELECT count(*) FROM (SELECT evento < lag(evento) OVER (PARTITION BY producto ORDER BY "
                        + "n) AS antes FROM oidas) o WHERE antes"));
        assertEquals(
                fixture.number("SELECT count(*) FROM eventos WHERE tipo = 'stock.cambiado'"),
                fixture.number("SELECT count(*) FROM oidas"));
        assertTrue(fixture.number("SELECT count(*) FROM oidas") > 50);
        assertEquals(List.of(), fixture.differences());
    }
}
