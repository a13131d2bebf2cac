package com.electroisla.reservation;

import static com.electroisla.reservation.DecisionTest.NOW;
import static com.electroisla.reservation.DecisionTest.PRICE;
import static com.electroisla.reservation.DecisionTest.pay;
import static com.electroisla.reservation.DecisionTest.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.StockFigures;
import com.electroisla.reservation.ReservationRequest.CancelHolds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The decision on thousands of random small shops. */
class DecisionPropertyTest {
    /** With any requests in any order, no product promises more than it has and the figures equal the rows. */
    @Property(tries = 2000)
    void no_unit_is_ever_promised_twice(@ForAll("worlds") World world) {
        Snapshot snapshot = world.snapshot();
        var decided = Decision.decide(snapshot, new CountedIds(), world.requests());

        Map<Long, Integer> reserved = new HashMap<>();
        Map<Long, Integer> sold = new HashMap<>();
        for (Hold hold : decided.writes().holds) {
            if (hold.status == ReservationStatus.PENDING) {
                reserved.merge(hold.productId, hold.quantity, Integer::sum);
            } else if (hold.status == ReservationStatus.CONFIRMED) {
                sold.merge(hold.productId, hold.quantity, Integer::sum);
            }
        }
        Map<Long, BatchState.Stock> changed = new HashMap<>();
        decided.writes().stock.forEach(stock -> changed.put(stock.id, stock));
        for (Snapshot.Product before : snapshot.products().values()) {
            int nowReserved = changed.containsKey(before.id())
                    ? changed.get(before.id()).reserved
                    : before.figures().held();
            int nowSold = changed.containsKey(before.id())
                    ? changed.get(before.id()).sold
                    : before.figures().sold();
            assertEquals(reserved.getOrDefault(before.id(), 0), nowReserved, "reserved of " + before.id());
            assertEquals(
                    sold.getOrDefault(before.id(), 0) + before.figures().sold(), nowSold, "sold of " + before.id());
            assertTrue(nowReserved >= 0
                    && nowSold >= 0
                    && nowReserved + nowSold <= before.figures().total());
        }
        for (int user = 1; user <= 4; user++) {
            for (long product = 1; product <= 3; product++) {
                assertTrue(livePending(decided, user, product) <= 1, "two holds of one buyer for one product");
            }
        }
    }

    private static long livePending(Decision.Decided decided, int user, long product) {
        return decided.writes().holds.stream()
                .filter(hold -> hold.userId == user && hold.productId == product && hold.isLive(NOW))
                .count();
    }

    record World(List<Integer> totals, List<int[]> holds, List<List<int[]>> carts, List<ReservationRequest> requests) {
        Snapshot snapshot() {
            Map<Long, Integer> reserved = new HashMap<>();
            List<Snapshot.PendingHold> pending = new ArrayList<>();
            for (int[] hold : holds) {
                long product = hold[1];
                boolean taken =
                        pending.stream().anyMatch(each -> each.userId() == hold[0] && each.productId() == product);
                if (!taken && reserved.getOrDefault(product, 0) + hold[2] <= totals.get((int) product - 1)) {
                    reserved.merge(product, hold[2], Integer::sum);
                    pending.add(new Snapshot.PendingHold(
                            pending.size() + 1,
                            hold[0],
                            product,
                            hold[2],
                            PRICE,
                            NOW.plusSeconds(hold[3]),
                            NOW,
                            null,
                            null));
                }
            }
            Map<Long, Snapshot.Product> products = new HashMap<>();
            for (long id = 1; id <= totals.size(); id++) {
                products.put(
                        id,
                        new Snapshot.Product(
                                id,
                                "P" + id,
                                PRICE,
                                true,
                                new StockFigures(totals.get((int) id - 1), reserved.getOrDefault(id, 0), 0)));
            }
            Map<Integer, Snapshot.Cart> byUser = new HashMap<>();
            for (int user = 1; user <= carts.size(); user++) {
                Map<Long, Snapshot.Line> lines = new HashMap<>();
                for (int[] line : carts.get(user - 1)) {
                    lines.put((long) line[0], new Snapshot.Line(user * 10 + line[0], line[0], line[1], PRICE));
                }
                byUser.put(user, new Snapshot.Cart(user, user, List.copyOf(lines.values())));
            }
            return DecisionTest.snapshot(byUser, products, pending);
        }
    }

    @Provide
    Arbitrary<World> worlds() {
        Arbitrary<Integer> user = Arbitraries.integers().between(1, 4);
        Arbitrary<Integer> product = Arbitraries.integers().between(1, 3);
        Arbitrary<Integer> quantity = Arbitraries.integers().between(1, 4);
        Arbitrary<int[]> hold = Combinators.combine(user, product, quantity, Arbitraries.of(-10, 0, 10))
                .as((u, p, q, s) -> new int[] {u, p, q, s});
        Arbitrary<int[]> line = Combinators.combine(product, quantity).as((p, q) -> new int[] {p, q});
        Arbitrary<ReservationRequest> request = Combinators.combine(
                        user, Arbitraries.integers().between(0, 3))
                .as((u, kind) -> switch (kind) {
                    case 0 -> new CancelHolds(u);
                    case 1 -> pay(u);
                    default -> reserve(u);
                });
        return Combinators.combine(
                        Arbitraries.integers().between(0, 8).list().ofSize(3),
                        hold.list().ofMaxSize(6),
                        line.list().ofMaxSize(3).list().ofSize(4),
                        request.list().ofMinSize(1).ofMaxSize(12))
                .as(World::new);
    }
}
