package com.electroisla.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.ShopWords;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.TestPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupUnderLoadRaceIT {
    private static final int BUYERS = 8;

    private final ShopFixture fixture = new ShopFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        fixture.close();
    }

    @Test
    void a_backup_while_the_shop_sells_shows_one_moment_of_it() throws Exception {
        List<Long> products = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            products.add(fixture.productWithStock(100_000));
        }
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch selling = new CountDownLatch(BUYERS * 3);
        List<Future<?>> buyers = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            int buyer = fixture.anyBuyer();
            int number = i;
            buyers.add(threads.submit(() -> {
                for (int round = 0; !over.get(); round++) {
                    fixture.inCart(buyer, products.get((number + round) % products.size()), 1 + round % 3);
                    fixture.checkout(buyer);
                    if (round % 3 == 0) {
                        fixture.cancel(fixture.shop, buyer);
                    } else {
                        fixture.pay(buyer);
                    }
                    selling.countDown();
                }
            }));
        }
        assertTrue(selling.await(60, TimeUnit.SECONDS));
        Path file = folder.resolve("vivo.eib");

        AtomicReference<SortedMap<String, String>> moment = new AtomicReference<>();
        DatabaseClock clock = new DatabaseClock() {
            @Override
            public Instant at(Instant databaseTime) {
                return databaseTime;
            }

            @Override
            public Instant now(Handle handle) {
                moment.compareAndSet(
                        null,
                        Dump.of(
                                fixture.target,
                                handle.createQuery("SELECT pg_export_snapshot()")
                                        .mapTo(String.class)
                                        .one()));
                return DatabaseClock.super.now(handle);
            }
        };
        new TakeBackup(fixture.shop.database(), clock).run(file, Optional.empty(), line -> {});

        long soldThen = fixture.number("SELECT count(*) FROM pedidos");
        over.set(true);
        for (Future<?> buyer : buyers) {
            buyer.get(60, TimeUnit.SECONDS);
        }
        JdbcTarget copy = TestPostgres.newDatabase();
        RoundTripIT.restore(copy, file, Optional.empty());
        assertEquals(moment.get(), Dump.of(copy));
        assertNotEquals(moment.get(), Dump.of(fixture.target), "nothing was sold since");
        try (Database database = new Database(copy, 2)) {
            ShopWords restored = ShopWords.of(database);
            assertEquals(List.of(), restored.differences());
            long orders = restored.number("SELECT count(*) FROM pedidos");
            assertTrue(orders > 0 && orders <= soldThen, orders + " of " + soldThen);
            assertEquals(
                    restored.number("SELECT sum(stock_vendido) FROM productos"),
                    restored.number("SELECT sum(cantidad) FROM detalles_pedido"));
            assertEquals(
                    restored.number("SELECT sum(total) FROM pedidos"),
                    restored.number("SELECT sum(subtotal) FROM detalles_pedido"));
        }
    }

    @Test
    void a_restore_under_a_running_shop_is_refused_and_with_force_the_shop_goes_on_with_the_restored_data()
            throws Exception {
        long product = fixture.productWithStock(50);
        fixture.checkout(fixture.buyerWith(product, 2));
        Path file = folder.resolve("antes.eib");
        var backup = Dump.of(fixture.target);
        RoundTripIT.backup(fixture.target, file, Optional.empty());
        fixture.sql("UPDATE productos SET stock_total = 60");

        String reason = assertThrows(
                        BackupRefused.class, () -> RoundTripIT.restore(fixture.target, file, Optional.empty()))
                .getMessage();

        assertTrue(reason.contains("conexiones de otros a la base (electro-isla"), reason);
        assertEquals("60/2/0", fixture.figures(product));
        try (Database database = new Database(fixture.target, 1)) {
            new RestoreBackup(database, DatabaseClock.REAL).run(file, Optional.empty(), true, line -> {});
        }
        assertEquals(backup, Dump.of(fixture.target));
    }
}
