package com.electroisla.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.audit.Actor;
import com.electroisla.inventory.AdjustStock.Outcome;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.wiring.Shop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The staff changes stock and ends holds while buyers on two instances check out and pay. */
class AdjustStockRaceIT {
    private static final int BUYERS = 24;

    private ShopFixture fixture;
    private Shop here;
    private Shop there;
    private Actor staff;

    @BeforeEach
    void open() {
        fixture = new ShopFixture();
        here = fixture.shop;
        there = fixture.openInstance();
        staff = new Actor(fixture.person("trabajador"), "127.0.0.1", "prueba");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatever_comes_first_no_unit_is_promised_twice_and_the_figures_agree() throws Exception {
        long lamp = fixture.productWithStock(40);
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            int buyer = fixture.buyerWith(lamp, 2);
            Shop instance = i % 2 == 0 ? here : there;
            boolean pays = i % 3 != 0;
            work.add(() -> {
                ReservationOutcome held = fixture.checkout(instance, buyer);
                return pays ? fixture.pay(instance, buyer) : held;
            });
        }
        for (int i = 0; i < 6; i++) {
            Shop instance = i % 2 == 0 ? there : here;
            work.add(() -> lose(instance, lamp, 3));
            work.add(() -> instance.releaseHolds().release(pending(lamp), staff));
        }

        inParallel(work);

        assertEquals(List.of(), fixture.differences());
        assertEquals(
                0,
                fixture.number("SELECT count(*) FROM productos WHERE stock_reservado + stock_vendido > stock_total"));
        long lost = fixture.number("SELECT -sum(delta_total) FROM movimientos_stock WHERE producto_id = ?", lamp);
        assertEquals(40 - lost, fixture.number("SELECT stock_total FROM productos WHERE id = ?", lamp));
    }

    @Test
    void a_hold_that_came_after_the_preview_is_not_ended_unseen() {
        long lamp = fixture.productWithStock(4);
        fixture.checkout(fixture.buyerWith(lamp, 2));
        var loss = new Adjustment(Adjustment.Kind.LOSS, 3, "rotas");
        var seen = (Outcome.BreaksHolds) here.adjustStock().run(lamp, loss, Set.of(), staff);
        fixture.checkout(fixture.buyerWith(lamp, 2));

        Outcome again = here.adjustStock().run(lamp, loss, ids(seen), staff);

        assertTrue(
                again instanceof Outcome.BreaksHolds(var _, var _, List<LiveHolds.Held> holds) && holds.size() == 2,
                again::toString);
        assertEquals("4/4/0", fixture.figures(lamp));
        assertTrue(here.adjustStock().run(lamp, loss, ids((Outcome.BreaksHolds) again), staff) instanceof Outcome.Done);
        assertEquals("1/0/0", fixture.figures(lamp));
        assertEquals(List.of(), fixture.differences());
    }

    @Test
    void a_product_that_is_not_initialised_begins_with_what_stands_in_stock() {
        long old = fixture.productWithStock(0);
        fixture.sql("UPDATE productos SET stock = 7 WHERE id = ?", old);
        here.adjustStock().run(old, new Adjustment(Adjustment.Kind.LOSS, 7, "no queda ninguna"), Set.of(), staff);
        assertEquals("0/0/0", fixture.figures(old));
        assertEquals(0, fixture.number("SELECT stock FROM productos WHERE id = ?", old));
    }

    /** Like a user: looks at the holds that would end, and accepts until no new one came in between. */
    private Outcome lose(Shop instance, long product, int units) {
        var loss = new Adjustment(Adjustment.Kind.LOSS, units, "rotas");
        Set<Long> accepted = new HashSet<>();
        Outcome outcome = instance.adjustStock().run(product, loss, accepted, staff);
        while (outcome instanceof Outcome.BreaksHolds breaks) {
            accepted.addAll(ids(breaks));
            outcome = instance.adjustStock().run(product, loss, accepted, staff);
        }
        return outcome;
    }

    private static Set<Long> ids(Outcome.BreaksHolds breaks) {
        return new HashSet<>(breaks.holds().stream().map(LiveHolds.Held::id).toList());
    }

    private List<Long> pending(long product) {
        return fixture
                .texts(
                        "SELECT id FROM stock_reservations WHERE producto_id = ? AND status = "
                                + "'pending' ORDER BY random() LIMIT 3",
                        product)
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    private static void inParallel(List<Callable<Object>> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(work.size());
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            List<Future<Object>> running = work.stream()
                    .map(each -> threads.submit(() -> {
                        start.await();
                        return each.call();
                    }))
                    .toList();
            for (Future<Object> one : running) {
                one.get();
            }
        }
    }
}
