package com.electroisla.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.reservation.ReservationOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadRaceIT {
    private static final int PRODUCTS = 40;
    private static final int LOADS = 12;
    private static final int BUYERS = 4;

    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void loads_that_change_totals_and_buyers_who_take_units_never_promise_one_twice() throws Exception {
        List<Long> products = new ArrayList<>();
        for (int i = 0; i < PRODUCTS; i++) {
            products.add(fixture.productWithStock(50));
        }
        AtomicInteger bought = new AtomicInteger();
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int loader = i;
            work.add(() -> {
                for (int round = 0; round < LOADS; round++) {
                    load(loader, products, 50 + (round + loader) % 7);
                }
                return null;
            });
        }
        for (int i = 0; i < BUYERS; i++) {
            int buyer = fixture.anyBuyer();
            int first = i;
            work.add(() -> {
                for (int round = 0; round < LOADS; round++) {
                    List<Long> wanted = new ArrayList<>(List.of(
                            products.get((first * 7 + round) % PRODUCTS),
                            products.get((first * 3 + round * 5) % PRODUCTS)));
                    Collections.reverse(wanted);
                    wanted.forEach(product -> fixture.inCart(buyer, product, 1));
                    assertInstanceOf(ReservationOutcome.Reserved.class, fixture.checkout(buyer));
                    assertInstanceOf(ReservationOutcome.Ordered.class, fixture.pay(buyer));
                    bought.incrementAndGet();
                }
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertEquals(BUYERS * LOADS, bought.get());
        assertEquals(List.of(), fixture.differences());
        assertTrue(fixture.number("SELECT sum(stock_vendido) FROM productos") > 0);
        assertEquals(0, fixture.number("""
                SELECT count(*) FROM productos p WHERE stock_total <> 50 + COALESCE((SELECT sum(delta_total)
                       FROM movimientos_stock m WHERE m.producto_id = p.id), 0)
                """), "every change of a total has its movement");
    }

    private void load(int loader, List<Long> products, int total) throws Exception {
        StringBuilder csv = new StringBuilder("id,stock_total,descripcion\n");
        List<Long> order = new ArrayList<>(products);
        if (loader % 2 == 1) {
            Collections.reverse(order);
        }
        order.forEach(product -> csv.append(product)
                .append(',')
                .append(total)
                .append(",carga ")
                .append(loader)
                .append('\n'));
        Path file = Files.writeString(folder.resolve(loader + ".csv"), csv);
        assertInstanceOf(
                LoadOutcome.Loaded.class,
                new LoadCatalogue(fixture.shop.database(), fixture.clock).run(file, false, (rows, part) -> {}));
    }
}
