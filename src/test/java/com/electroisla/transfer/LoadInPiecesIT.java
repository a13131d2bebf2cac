package com.electroisla.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.audit.Actor;
import com.electroisla.reservation.ReservationOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A load blocks nobody: comparing takes no lock, and writing is done in pieces. */
class LoadInPiecesIT {
    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Long> products(int count) {
        List<Long> products = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            products.add(fixture.product("Producto " + i, "10.00", 50));
        }
        return products;
    }

    private Path prices(List<Long> products, String price) throws IOException {
        StringBuilder text = new StringBuilder("id,precio\n");
        products.forEach(
                product -> text.append(product).append(',').append(price).append('\n'));
        return Files.writeString(folder.resolve("precios.csv"), text);
    }

    /** Locks a product in another session until told to release it. */
    private CompletableFuture<Void> holding(long product, CountDownLatch held, CountDownLatch letGo) {
        return CompletableFuture.runAsync(
                () -> fixture.shop.database().useTransaction(handle -> {
                    handle.execute("SELECT FROM productos WHERE id = ? FOR UPDATE", product);
                    held.countDown();
                    await(letGo);
                }),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void a_preview_writes_nothing_and_waits_for_nobody() throws Exception {
        List<Long> products = products(3);
        String before = fixture.text("SELECT string_agg(p::text || xmin::text || xmax::text, '' ORDER BY id) || "
                + "(SELECT last_value FROM productos_id_seq) FROM productos p");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        CompletableFuture<Void> neighbour = holding(products.get(1), held, letGo);
        held.await();
        Path file = Files.writeString(
                folder.resolve("c.csv"),
                "id,nombre,precio,stock_total\n" + products.get(0) + ",,12,60\n" + products.get(1)
                        + ",,13,\n,Nueva,1,4\n");
        LoadPreview preview = load().preview(file, LoadOptions.strict(SameName.REFUSE), 10);
        letGo.countDown();
        neighbour.get();
        assertEquals(new LoadOutcome.Loaded(1, 2, 0, List.of(), 0, PriceLeaps.NONE), preview.outcome());
        assertEquals(
                List.of("precio 10.00 12.00", "stock_total 50 60", "precio 10.00 13.00"),
                preview.changes().stream()
                        .map(change -> change.field() + " " + change.before() + " " + change.after())
                        .toList());
        fixture.sql("UPDATE productos SET precio = precio WHERE false");
        assertEquals(
                1, fixture.number("SELECT count(DISTINCT xmin::text) FROM productos WHERE id = ?", products.get(0)));
        assertTrue(before.contains(
                fixture.text("SELECT p::text || xmin::text FROM productos p WHERE id = ?", products.get(0))));
        assertEquals(3, fixture.number("SELECT count(*) FROM productos"));
    }

    @Test
    void while_a_neighbour_holds_one_of_its_products_the_buyers_of_the_others_go_on() throws Exception {
        List<Long> products = products(450);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        CompletableFuture<Void> neighbour = holding(products.get(7), held, letGo);
        held.await();
        Path file = prices(products.reversed(), "12.00");
        CompletableFuture<LoadOutcome> loading = CompletableFuture.supplyAsync(
                () -> run(file, Alongside.NOTHING), Executors.newVirtualThreadPerTaskExecutor());
        Eventually.until(() -> {
            assertTrue(!loading.isDone(), () -> loading.join().toString());
            return fixture.number("SELECT count(*) FROM productos WHERE precio = 12") >= 449
                    && fixture.waitingForLocks() > 0;
        });
        for (long product : List.of(products.get(6), products.get(8), products.get(449))) {
            assertInstanceOf(ReservationOutcome.Reserved.class, fixture.checkout(fixture.buyerWith(product, 1)));
        }
        letGo.countDown();
        neighbour.get();
        assertEquals(new LoadOutcome.Loaded(0, 450, 0, List.of(), 0, PriceLeaps.NONE), loading.get());
    }

    @Test
    void a_line_whose_product_changed_while_others_were_written_is_left_and_told() throws IOException {
        List<Long> products = products(401);
        long late = products.get(400);
        LoadOutcome outcome = run(prices(products, "12.00"), new Alongside() {
            @Override
            public void begins(Handle handle, long created, long updated, Instant now) {
                fixture.sql("UPDATE productos SET precio = 99 WHERE id = ? AND precio = 10", late);
            }
        });
        LoadOutcome.Loaded loaded = assertInstanceOf(LoadOutcome.Loaded.class, outcome);
        assertEquals(400, loaded.updated());
        assertEquals(
                List.of("Línea 402: sin escribir: el producto " + late + " cambió mientras se cargaba; vuelve "
                        + "a cargar el archivo"),
                loaded.problems().stream().map(LineProblem::toString).toList());
        assertEquals("99.00", fixture.text("SELECT precio FROM productos WHERE id = ?", late));
    }

    @Test
    void broken_off_in_the_middle_it_says_how_far_it_came_and_doing_it_again_does_the_rest() throws IOException {
        List<Long> products = products(500);
        Path file = prices(products, "12.00");
        long inTheSecondPiece = products.get(300);
        fixture.sql("ALTER TABLE productos ADD CONSTRAINT no_hay_luz CHECK (id <> " + inTheSecondPiece
                + " OR precio <> 12) NOT VALID");
        LoadOutcome outcome = run(file, new LoadAudit(Actor.ofCommand("loaddata"), "precios.csv"));
        LoadOutcome.Stopped stopped = assertInstanceOf(LoadOutcome.Stopped.class, outcome);
        assertEquals(
                "201/201/300/200",
                stopped.upToLine() + "/" + stopped.uncertainTo() + "/" + stopped.remaining() + "/" + stopped.updated());
        assertEquals(200, fixture.number("SELECT count(*) FROM productos WHERE precio = 12"));
        assertEquals(
                List.of(
                        "importar {\"nuevos\": 0, \"cambiados\": 500}",
                        "importar_a_medias {\"nuevos\": 0, \"cambiados\": 200, \"sin_escribir\": 300}"),
                fixture.texts("SELECT accion || ' ' || (detalles->'despues')::text FROM audit_logs ORDER BY id"));
        fixture.sql("ALTER TABLE productos DROP CONSTRAINT no_hay_luz");
        assertEquals(new LoadOutcome.Loaded(0, 300, 200, List.of(), 0, PriceLeaps.NONE), run(file, Alongside.NOTHING));
        assertThrows(
                IllegalStateException.class,
                () -> run(prices(products, "13.00"), new Alongside() {
                    @Override
                    public void begins(Handle handle, long created, long updated, Instant now) {
                        throw new IllegalStateException("at once");
                    }
                }));
        assertEquals(0, fixture.number("SELECT count(*) FROM productos WHERE precio = 13"));
    }

    @Test
    void what_was_seen_in_the_preview_is_what_is_written_or_it_is_asked_again() throws IOException {
        List<Long> products = products(3);
        Path file = Files.writeString(
                folder.resolve("c.csv"), "id,stock_total\n" + products.get(0) + ",70\n" + products.get(1) + ",50\n");
        byte[] seen =
                load().preview(file, LoadOptions.strict(SameName.REFUSE), 10).seen();
        fixture.sql("UPDATE productos SET stock_total = 60, stock = 60 WHERE id = ?", products.get(0));
        LoadOutcome.ChangedSince changed = assertInstanceOf(LoadOutcome.ChangedSince.class, run(file, seen));
        assertEquals(
                List.of("Línea 2: el producto cambió después de la vista previa"),
                changed.problems().stream().map(LineProblem::toString).toList());
        assertEquals("60/0/0", fixture.figures(products.get(0)));

        byte[] again =
                load().preview(file, LoadOptions.strict(SameName.REFUSE), 10).seen();
        fixture.sql("UPDATE productos SET precio = 77, updated_at = now() WHERE id = ?", products.get(0));
        fixture.checkout(fixture.buyerWith(products.get(0), 1));
        assertEquals(
                new LoadOutcome.Loaded(0, 1, 1, List.of(), 0, PriceLeaps.NONE),
                run(file, again),
                "what the file says nothing about may change");
        assertEquals("70/1/0", fixture.figures(products.get(0)));
        assertEquals("77.00", fixture.text("SELECT precio FROM productos WHERE id = ?", products.get(0)));
    }

    @Test
    void others_are_at_work_while_they_execute_a_statement_and_not_while_they_only_wait_for_a_lock() throws Exception {
        long product = fixture.productWithStock(1);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        CompletableFuture<Void> neighbour = holding(product, held, letGo);
        held.await();
        CompletableFuture<Void> behind = holding(product, new CountDownLatch(0), letGo);
        Eventually.until(() -> fixture.waitingForLocks() > 0);
        try (Connection other = fixture.target.connect(Map.of())) {
            fixture.shop.database().useTransaction(handle -> {
                Eventually.until(() -> !LoadSql.othersAreAtWork(handle));
                CopyIn working = other.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY limites FROM STDIN");
                Eventually.until(() -> LoadSql.othersAreAtWork(handle));
                working.cancelCopy();
                Eventually.until(() -> !LoadSql.othersAreAtWork(handle));
            });
        }
        letGo.countDown();
        neighbour.get();
        behind.get();
    }

    @Test
    void others_whose_state_may_not_be_seen_count_as_at_work() throws Exception {
        try (Connection _ = fixture.target.connect(Map.of())) {
            fixture.shop.database().useTransaction(handle -> {
                Eventually.until(() -> !LoadSql.othersAreAtWork(handle));
                handle.execute("SET LOCAL ROLE pg_signal_backend"); // a role that is there, and sees only itself
                assertTrue(LoadSql.othersAreAtWork(handle));
            });
        }
    }

    private LoadCatalogue load() {
        return new LoadCatalogue(fixture.shop.database(), fixture.clock);
    }

    private LoadOutcome run(Path file, Alongside also) {
        try {
            return load().run(file, LoadOptions.strict(SameName.REFUSE), (rows, part) -> {}, also);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private LoadOutcome run(Path file, byte[] seen) throws IOException {
        return load().run(
                        file, LoadOptions.strict(SameName.REFUSE).asSeen(seen), (rows, part) -> {}, Alongside.NOTHING);
    }
}
