package com.electroisla.linearizability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.linearizability.Linearizability.Operation;
import com.electroisla.linearizability.ProductModel.Answered;
import com.electroisla.linearizability.ProductModel.What;
import com.electroisla.reservation.ExpireReservations;
import com.electroisla.reservation.ExpiredHold;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.HoldsExpired;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.NothingToCancel;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.settings.Setting;
import com.electroisla.wiring.Shop;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * More than ten thousand operations of 64 buyers on two instances, while time moves, holds expire and other sessions
 * lock rows: each product's part of the history must be linearizable.
 */
class ShopHistoryRaceIT {
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final Duration STEP = Duration.ofMinutes(8);
    private static final int PRODUCTS = 16;
    private static final int BUYERS_OF_EACH = 4;
    private static final int UNITS = 8;
    private static final int OPERATIONS_OF_EACH = 160;
    private static final int BETWEEN_MOVES_OF_TIME = 150;
    private static final int BETWEEN_SWEEPS = 97;

    /**
     * On a machine with other work, long enough that nobody is told to come back. The model renews for ever, and the
     * clock moves by hours.
     */
    private static final Map<Setting, String> PATIENT = Map.of(Setting.WAIT, "PT20S", Setting.HOLD_AGE, "off");

    private final ShopFixture fixture = new ShopFixture(PATIENT);
    private final Shop other = fixture.openInstance(PATIENT);
    private final Map<Long, Queue<Operation<Answered>>> histories = new ConcurrentHashMap<>();
    private final Map<String, Integer> users = new ConcurrentHashMap<>();
    private final Map<String, Long> products = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void what_two_instances_answer_is_what_one_that_serves_in_turn_could_have_answered() throws Exception {
        try (fixture) {
            fixture.clock.stopAt(BEGAN);
            List<Future<?>> buyers = new ArrayList<>();
            var over = new AtomicBoolean();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < PRODUCTS; i++) {
                    String name = "Producto " + i;
                    long product = fixture.product(name, "9.99", UNITS);
                    products.put(name, product);
                    histories.put(product, new ConcurrentLinkedQueue<>());
                }
                for (long product : histories.keySet()) {
                    for (int i = 0; i < BUYERS_OF_EACH; i++) {
                        int user = fixture.anyBuyer();
                        users.put(fixture.text("SELECT username FROM auth_user WHERE id = ?", user), user);
                        buyers.add(threads.submit(() -> {
                            shop(user, product);
                            // Among the last ones, all may need the row that is locked until others have done more.
                            over.set(true);
                        }));
                    }
                }
                Future<Integer> bystander = threads.submit(() -> lockRowsUntil(over));
                try {
                    for (Future<?> each : buyers) {
                        each.get();
                    }
                } finally {
                    over.set(true);
                }
                assertTrue(bystander.get() > 20, "rows that somebody sat on: " + bystander.get());
            }
            int operations = 0;
            Map<Class<?>, Integer> kinds = new TreeMap<>(Comparator.comparing(Class::getSimpleName));
            for (var entry : histories.entrySet()) {
                List<Operation<Answered>> history = List.copyOf(entry.getValue());
                operations += history.size();
                history.forEach(each -> kinds.merge(each.what().what().getClass(), 1, Integer::sum));
                assertTrue(
                        Linearizability.holds(new ProductModel(UNITS, TTL), history),
                        () -> "product " + entry.getKey() + ": " + history);
            }
            assertTrue(operations >= 10_000, operations + " operations");
            assertEquals(
                    Set.of(What.class.getPermittedSubclasses()),
                    kinds.keySet(),
                    "every kind of answer was seen: " + kinds);
            assertEquals(List.of(), fixture.differences());
        }
    }

    /**
     * Locks one row after another in a session of its own: a product, a cart, a user, a hold, and now and then two
     * products at once.
     */
    private int lockRowsUntil(AtomicBoolean over) throws Exception {
        Random random = new Random(0);
        List<Long> all = List.copyOf(histories.keySet());
        List<Integer> everybody = List.copyOf(users.values());
        int times = 0;
        try (Connection somebody = fixture.target.connect(Map.of());
                var statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            while (!over.get()) {
                long product = all.get(random.nextInt(all.size()));
                int user = everybody.get(random.nextInt(everybody.size()));
                statement.execute(
                        switch (random.nextInt(6)) {
                            case 0 -> "SELECT FROM carts WHERE user_id = " + user + " FOR UPDATE";
                            case 1 -> "SELECT FROM auth_user WHERE id = " + user + " FOR UPDATE";
                            case 2 ->
                                "SELECT FROM stock_reservations WHERE status = 'pending' AND producto_id = " + product
                                        + " ORDER BY id FOR UPDATE";
                            case 3 ->
                                "SELECT FROM productos WHERE id IN (" + product + ", "
                                        + all.get(random.nextInt(all.size())) + ") ORDER BY id FOR UPDATE";
                            default -> "SELECT FROM productos WHERE id = " + product + " FOR UPDATE";
                        });
                times++;
                int enough = begun.get() + 40;
                Eventually.until(() -> begun.get() >= enough || over.get());
                somebody.rollback();
            }
        }
        return times;
    }

    private void shop(int user, long product) {
        Random random = new Random(user);
        int inCart = 0;
        for (int i = 0; i < OPERATIONS_OF_EACH; i++) {
            Shop instance = random.nextBoolean() ? fixture.shop : other;
            int number = begun.incrementAndGet();
            if (number % BETWEEN_MOVES_OF_TIME == 0) {
                fixture.clock.advance(STEP);
            }
            if (number % BETWEEN_SWEEPS == 0) {
                sweep(instance);
            }
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> {
                    if (inCart == 0 || random.nextInt(3) == 0) {
                        inCart = 1 + random.nextInt(3);
                        fixture.inCart(user, product, inCart);
                    }
                    int quantity = inCart;
                    record(product, () -> reserved(user, quantity, fixture.checkout(instance, user)));
                }
                case 4 ->
                    record(product, () -> switch (fixture.cancel(instance, user)) {
                        case Cancelled _ -> new What.Cancelled(user);
                        case NothingToCancel _ -> new What.NothingToCancel(user);
                        case ReservationOutcome odd -> throw new AssertionError(odd);
                    });
                case 5, 6 -> {
                    if (record(product, () -> paid(user, fixture.pay(instance, user))) instanceof What.Paid) {
                        inCart = 0;
                    }
                }
                default -> {
                    What read = record(product, () -> new What.Read(disponible(instance, product)));
                    if (read.equals(new What.Read(0)) && random.nextInt(3) == 0) {
                        record(product, () -> {
                            fixture.sql("UPDATE productos SET stock_total = stock_total + 2 WHERE id = ?", product);
                            return new What.Arrived(2);
                        });
                    }
                }
            }
        }
    }

    private static What reserved(int user, int quantity, ReservationOutcome outcome) {
        return switch (outcome) {
            case Reserved reserved ->
                new What.Reserved(user, quantity, reserved.lines().getFirst().expiresAt());
            case NotEnoughStock refused ->
                new What.NotEnough(
                        user, quantity, refused.shortages().getFirst().available());
            default -> throw new AssertionError(outcome);
        };
    }

    private static What paid(int user, ReservationOutcome outcome) {
        return switch (outcome) {
            case Ordered _ -> new What.Paid(user);
            case HoldsExpired _ -> new What.NotPaid(user);
            default -> throw new AssertionError(outcome);
        };
    }

    private static int disponible(Shop instance, long product) {
        return instance.products().find(product).orElseThrow().stockAvailable();
    }

    /** Runs a sweep. Each of its batches is one operation of every product that it touched. */
    private void sweep(Shop instance) {
        List<Map<Long, Set<Integer>>> batches = new ArrayList<>(List.of(new ConcurrentHashMap<>()));
        Instant from = fixture.clock.present();
        long invoked = System.nanoTime();
        new ExpireReservations(instance.database(), fixture.clock, () -> batches.add(new ConcurrentHashMap<>()))
                .run((ExpiredHold hold) -> batches.getLast()
                        .computeIfAbsent(products.get(hold.product()), product -> new HashSet<>())
                        .add(users.get(hold.username())));
        long returned = System.nanoTime();
        Instant to = fixture.clock.present();
        batches.forEach(batch -> batch.forEach((product, of) -> histories
                .get(product)
                .add(new Operation<>(invoked, returned, new Answered(new What.Swept(of), from, to)))));
    }

    private What record(long product, Supplier<What> operation) {
        Instant from = fixture.clock.present();
        long invoked = System.nanoTime();
        What what = operation.get();
        long returned = System.nanoTime();
        histories
                .get(product)
                .add(new Operation<>(invoked, returned, new Answered(what, from, fixture.clock.present())));
        return what;
    }
}
