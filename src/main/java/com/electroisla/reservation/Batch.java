package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.http.Answer;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.IdempotencyRecords;
import com.electroisla.order.OrderSql;
import com.electroisla.reservation.ReservationOutcome.LostHold;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Many requests in one transaction: lock, read, decide, write. All of them take effect or none does.
 *
 * <p>The transaction may run again after a deadlock or a serialization failure; it keeps nothing of an earlier run.
 */
final class Batch {
    private final Database database;
    private final DatabaseClock clock;
    private final Duration timeToLive;
    private final List<Submission> submissions;
    private final Set<Integer> users = new TreeSet<>();

    /** By this mark in the database the batch is found again when the link broke during COMMIT. */
    final UUID marker = UUID.randomUUID();

    /** Set once everything was written: a failure after this point leaves the outcome open. */
    private @Nullable List<Answer> written;

    Batch(Database database, DatabaseClock clock, Duration timeToLive, List<Submission> submissions) {
        this.database = database;
        this.clock = clock;
        this.timeToLive = timeToLive;
        this.submissions = submissions;
        submissions.forEach(submission -> users.add(submission.request.userId()));
    }

    /** What will be answered if the COMMIT that broke took effect; empty when the failure came before it. */
    Optional<List<Answer>> writtenBeforeFailure() {
        return Optional.ofNullable(written);
    }

    /** Runs the transaction and answers, in the order of the submissions, once it is durable. */
    List<Answer> run() {
        return database.inTransaction(handle -> {
            written = null;
            written = apply(handle);
            return written;
        });
    }

    private List<Answer> apply(Handle handle) {
        Map<Integer, Long> carts = lockCarts(handle);
        Map<Long, Snapshot.Product> products = ReservationSql.lockProducts(handle, carts);
        Instant now = clock.now(handle);
        Map<IdempotencyKey.Id, IdempotencyRecords.Kept> kept = IdempotencyRecords.findAll(handle, keys(), now);
        List<Submission> toDecide = firstOfEachKey(kept);
        var decided = Decision.decide(read(handle, toDecide, carts, products, now), toDecide.stream().map(each -> each.request).toList());
        write(handle, decided.writes(), now);
        Map<IdempotencyKey, Answer> newAnswers = new LinkedHashMap<>();
        Map<Submission, Answer> answered = new HashMap<>();
        for (int i = 0; i < toDecide.size(); i++) {
            Submission submission = toDecide.get(i);
            Answer answer = submission.render.apply(decided.outcomes().get(i));
            answered.put(submission, answer);
            submission.key.ifPresent(key -> newAnswers.put(key, answer));
        }
        IdempotencyRecords.saveAll(handle, newAnswers, now);
        newAnswers.forEach((key, answer) -> kept.put(key.id(), new IdempotencyRecords.Kept(key.fingerprint(), answer)));
        ReservationSql.writeMarker(handle, marker, now);
        ReservationSql.checkConstraints(handle);
        return submissions.stream().map(each -> answered.containsKey(each) ? answered.get(each) : repeated(each, kept)).toList();
    }

    private Map<Integer, Long> lockCarts(Handle handle) {
        Map<Integer, Long> carts = ReservationSql.lockCarts(handle, users);
        if (carts.size() < users.size()) {
            Set<Integer> missing = new TreeSet<>(users);
            missing.removeAll(carts.keySet());
            ReservationSql.makeCarts(handle, missing, clock.now(handle));
            carts.putAll(ReservationSql.lockCarts(handle, missing));
        }
        return carts;
    }

    private List<IdempotencyKey.Id> keys() {
        return submissions.stream().flatMap(submission -> submission.key.stream()).map(IdempotencyKey::id).distinct().toList();
    }

    /** Leaves out what was answered before this batch, and repeats within it. */
    private List<Submission> firstOfEachKey(Map<IdempotencyKey.Id, IdempotencyRecords.Kept> kept) {
        Set<IdempotencyKey.Id> seen = new HashSet<>(kept.keySet());
        List<Submission> first = new ArrayList<>();
        for (Submission submission : submissions) {
            if (submission.key.isEmpty() || seen.add(submission.key.get().id())) {
                first.add(submission);
            }
        }
        return first;
    }

    private static Answer repeated(Submission submission, Map<IdempotencyKey.Id, IdempotencyRecords.Kept> kept) {
        IdempotencyKey key = submission.key.orElseThrow();
        return kept.get(key.id()).answerTo(key, submission.language);
    }

    private Snapshot read(Handle handle, List<Submission> toDecide, Map<Integer, Long> carts, Map<Long, Snapshot.Product> products, Instant now) {
        Map<Integer, Snapshot.Cart> cartsByUser = ReservationSql.readCarts(handle, carts, products);
        List<Snapshot.PendingHold> holds = new ArrayList<>();
        if (!products.isEmpty()) {
            holds.addAll(ReservationSql.pendingOf(handle, users, products.keySet()));
            Set<Long> scarce = scarceProducts(toDecide, cartsByUser, products);
            if (!scarce.isEmpty()) {
                holds.addAll(ReservationSql.overdueOn(handle, scarce, users, now));
            }
        }
        List<Integer> paying = toDecide.stream().map(each -> each.request).filter(PlaceOrder.class::isInstance).map(ReservationRequest::userId).toList();
        Map<Integer, List<LostHold>> lost = paying.isEmpty() ? Map.of() : ReservationSql.lostOf(handle, paying);
        return new Snapshot(now, timeToLive, cartsByUser, products, holds, lost);
    }

    /** The products that the batch might want more of than lies free; only there do overdue holds matter. */
    private static Set<Long> scarceProducts(List<Submission> toDecide, Map<Integer, Snapshot.Cart> carts, Map<Long, Snapshot.Product> products) {
        Map<Long, Long> wanted = new HashMap<>();
        for (Submission submission : toDecide) {
            Snapshot.Cart cart = carts.get(submission.request.userId());
            if (cart != null && submission.request instanceof ReserveCart) {
                cart.lines().forEach(line -> wanted.merge(line.productId(), (long) line.quantity(), Long::sum));
            }
        }
        Set<Long> scarce = new TreeSet<>();
        wanted.forEach((product, quantity) -> {
            if (quantity > products.get(product).free()) {
                scarce.add(product);
            }
        });
        return scarce;
    }

    private static void write(Handle handle, Writes writes, Instant now) {
        ReservationSql.drawIds(handle, writes);
        ReservationSql.writeStock(handle, writes.stock);
        ReservationSql.updateHolds(handle, writes.changedHolds(), now);
        ReservationSql.insertHolds(handle, writes.newHolds(), now);
        OrderSql.insertAll(handle, writes.orders.stream().map(PlacedOrder::toOrder).toList());
        ReservationSql.writeCarts(handle, writes.carts, now);
    }
}
