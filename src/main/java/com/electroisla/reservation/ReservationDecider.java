package com.electroisla.reservation;

import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Script;
import com.electroisla.event.Event;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.event.StockChange;
import com.electroisla.groupcommit.Blocked;
import com.electroisla.groupcommit.Decider;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.groupcommit.Opening;
import com.electroisla.groupcommit.Stage;
import com.electroisla.order.OrderEvents;
import com.electroisla.order.OrderSql;
import com.electroisla.payment.ChargeSql;
import com.electroisla.payment.LockedPayments;
import com.electroisla.payment.PaymentEvents;
import com.electroisla.payment.PaymentLine;
import com.electroisla.payment.PaymentSql;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.RefundSql;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The reservations' part of a batch: locks the products, reads, lets {@link Decision} decide, and adds the writes. */
final class ReservationDecider implements Decider<ReservationRequest, ReservationOutcome> {
    private static final Logger LOG = Logger.getLogger(ReservationDecider.class.getName());

    private final DatabaseClock clock;
    private final ReservationSettings settings;
    private final Outbox outbox;

    ReservationDecider(DatabaseClock clock, ReservationSettings settings, Outbox outbox) {
        this.clock = clock;
        this.settings = settings;
        this.outbox = outbox;
    }

    @Override
    public Locked<ReservationRequest, ReservationOutcome> lock(
            Handle handle, Opening opening, List<ReservationRequest> requests) {
        ReservationSql.Shelf shelf = ReservationSql.lock(handle, opening, Wanted.of(requests));
        Instant now = clock.at(opening.databaseTime());
        return new Locked<>(now, (toDecide, updates) -> {
            Map<Integer, Snapshot.Cart> carts = cartsByUser(opening.carts(), shelf);
            var ids = new DrawnIds(handle, shelf.ids(), mostNewHolds(toDecide, carts, shelf.payments()));
            var decided = Decision.decide(read(handle, toDecide, carts, shelf, now), ids, toDecide);
            warn(decided);
            write(updates, decided.writes(), now);
            return decided.outcomes();
        });
    }

    @Override
    public Map<Integer, Set<Long>> products(Handle handle, List<ReservationRequest> requests) {
        Wanted wanted = Wanted.of(requests);
        return LockedRowsSql.products(
                handle,
                requests.stream().map(ReservationRequest::userId).toList(),
                wanted.reserving(),
                wanted.paidFor());
    }

    @Override
    public Blocked blocked(Handle handle, Stage stage, Collection<Integer> users, Set<Long> products) {
        return switch (stage) {
            case LOCKING ->
                new Blocked(
                                LockedRowsSql.usersOfLockedHolds(handle, users),
                                LockedRowsSql.lockedProducts(handle, products))
                        .and(new Blocked(LockedRowsSql.usersOfLockedPayments(handle, users), Set.of()));
            case DECIDING ->
                new Blocked(Set.of(), LockedRowsSql.productsOfLockedOverdueHolds(handle, products, clock.now(handle)));
            case WRITING -> Blocked.NOBODY;
        };
    }

    @Override
    public void awaitProduct(Handle handle, long product, Duration longest) {
        LockedRowsSql.lockInTurn(handle, product, longest);
    }

    /** The carts by user, without lines whose product was deleted while the batch waited for it. */
    private static Map<Integer, Snapshot.Cart> cartsByUser(Map<Integer, LockedCart> carts, ReservationSql.Shelf shelf) {
        Map<Integer, Snapshot.Cart> byUser = new HashMap<>();
        carts.forEach((user, cart) -> byUser.put(
                user,
                new Snapshot.Cart(
                        cart.id(),
                        user,
                        shelf.lines().getOrDefault(cart.id(), List.of()).stream()
                                .filter(line -> shelf.products().containsKey(line.productId()))
                                .toList())));
        return byUser;
    }

    private Snapshot read(
            Handle handle,
            List<ReservationRequest> requests,
            Map<Integer, Snapshot.Cart> carts,
            ReservationSql.Shelf shelf,
            Instant now) {
        // The old shop may have added one meanwhile, for a product that is not locked.
        List<Snapshot.PendingHold> holds = new ArrayList<>(shelf.pending().stream()
                .filter(hold -> shelf.products().containsKey(hold.productId()))
                .toList());
        Map<Long, Long> missing = missingUnits(requests, carts, shelf, now);
        if (!missing.isEmpty()) {
            holds.addAll(ReservationSql.overdueOn(handle, missing, carts.keySet(), now));
        }
        return new Snapshot(
                now,
                settings.timeToLive(),
                settings.limits(),
                carts,
                shelf.products(),
                holds,
                shelf.lost(),
                shelf.payments());
    }

    /**
     * By product, how many units more than the free ones the batch may want; only for these do expired holds matter.
     */
    private static Map<Long, Long> missingUnits(
            List<ReservationRequest> requests,
            Map<Integer, Snapshot.Cart> carts,
            ReservationSql.Shelf shelf,
            Instant now) {
        Map<Long, Long> wanted = new TreeMap<>();
        for (ReservationRequest request : requests) {
            Snapshot.Cart cart = carts.get(request.userId());
            if (cart != null && request instanceof ReserveCart) {
                cart.lines().forEach(line -> wanted.merge(line.productId(), (long) line.quantity(), Long::sum));
            }
            if (cart != null && request instanceof HearPayment heard && heard.word() instanceof ProviderWord.Paid) {
                notKept(heard.payment(), shelf, now)
                        .forEach(line -> wanted.merge(line.productId(), (long) line.quantity(), Long::sum));
            }
        }
        wanted.keySet().retainAll(shelf.products().keySet());
        wanted.replaceAll((product, quantity) -> quantity
                - Objects.requireNonNull(shelf.products().get(product))
                        .figures()
                        .free());
        wanted.values().removeIf(missing -> missing <= 0);
        return wanted;
    }

    /** The units of a payment whose hold does not live under it. */
    private static Stream<PaymentLine> notKept(long payment, ReservationSql.Shelf shelf, Instant now) {
        Set<Long> kept = shelf.pending().stream()
                .filter(hold -> Objects.equals(hold.payment(), payment)
                        && hold.expiresAt().isAfter(now))
                .map(Snapshot.PendingHold::id)
                .collect(Collectors.toSet());
        return shelf.payments().linesOf(payment).stream().filter(line -> !kept.contains(line.hold()));
    }

    /**
     * Logs figures that disagree with the holds, which an operator has to mend; logged again if the batch is tried
     * again.
     */
    private static void warn(Decision.Decided decided) {
        for (ReservationOutcome outcome : decided.outcomes()) {
            if (outcome instanceof ReservationOutcome.UnitsMissing missing) {
                LOG.warning("a payment was refused: held units that the figures do not have, of products "
                        + missing.shortages().stream()
                                .map(ReservationOutcome.Shortage::productId)
                                .toList() + "; see verificar_inventario");
            }
        }
        if (!decided.writes().drifted.isEmpty()) {
            LOG.warning("stock_reservado was less than the holds that ended, of products " + decided.writes().drifted
                    + "; see verificar_inventario");
        }
    }

    /** The most new holds: one for each line of each checkout, and of each payment whose money came. */
    private static int mostNewHolds(
            List<ReservationRequest> requests, Map<Integer, Snapshot.Cart> carts, LockedPayments payments) {
        int most = 0;
        for (ReservationRequest request : requests) {
            Snapshot.Cart cart = carts.get(request.userId());
            if (cart != null && request instanceof ReserveCart) {
                most += cart.lines().size();
            }
            if (request instanceof HearPayment heard) {
                most += payments.linesOf(heard.payment()).size();
            }
        }
        return most;
    }

    /**
     * Ids drawn with the lines. Each line has one for its hold; a buyer whose hold is replaced needs another, and then
     * all that may be needed are drawn.
     */
    private static final class DrawnIds implements Decision.Ids {
        private final Handle handle;
        private final int mostHolds;
        private final Iterator<Long> checkouts;
        private final Iterator<Long> orders;
        private final Iterator<Long> payments;
        private final Iterator<Long> charges;
        private final Iterator<Long> refunds;
        private Iterator<Long> holds;

        DrawnIds(Handle handle, ReservationSql.FreshIds fresh, int mostHolds) {
            this.handle = handle;
            this.mostHolds = mostHolds;
            this.checkouts = fresh.checkouts().iterator();
            this.orders = fresh.orders().iterator();
            this.payments = fresh.payments().iterator();
            this.charges = fresh.charges().iterator();
            this.refunds = fresh.refunds().iterator();
            this.holds = fresh.holds().stream().sorted().iterator();
        }

        @Override
        public long hold() {
            if (!holds.hasNext()) {
                holds = ReservationSql.drawHoldIds(handle, mostHolds).iterator();
            }
            return holds.next();
        }

        @Override
        public long checkout() {
            return checkouts.next();
        }

        @Override
        public long order() {
            return orders.next();
        }

        @Override
        public long payment() {
            return payments.next();
        }

        @Override
        public long charge() {
            return charges.next();
        }

        @Override
        public long refund() {
            return refunds.next();
        }
    }

    private void write(Script updates, Writes writes, Instant now) {
        WritesSql.writeStock(updates, writes.stock);
        WritesSql.insertHolds(updates, writes.newHolds(), now);
        WritesSql.updateHolds(updates, writes.changedHolds(), now);
        OrderSql.insertAll(updates, writes.orders, settings.windows(), now);
        PaymentSql.insertAll(updates, writes.newPayments(), writes.paymentLines, now);
        PaymentSql.updateAll(updates, writes.changedPayments(), now);
        ChargeSql.insertAll(updates, writes.charges);
        RefundSql.insertAll(updates, writes.refunds);
        outbox.add(updates, events(writes), now);
        if (outbox.hears(EventKind.STOCK_CHANGED)) {
            outbox.addStock(updates, stockChanges(writes), now);
        }
        WritesSql.writeCarts(updates, writes.carts, now);
    }

    /** The events that somebody listens to; where nobody does, nothing is gathered. */
    private List<Event> events(Writes writes) {
        List<Event> events = new ArrayList<>();
        if (outbox.hears(EventKind.ORDER_PLACED)) {
            writes.orders.forEach(order -> events.add(OrderEvents.placed(order, writes.languages.get(order.id()))));
        }
        if (outbox.hears(EventKind.PAYMENT_RECEIVED)) {
            writes.charges.forEach(charge -> events.add(
                    PaymentEvents.received(Objects.requireNonNull(writes.payments.get(charge.payment())), charge)));
        }
        if (outbox.hears(EventKind.REFUND_OWED)) {
            writes.refunds.forEach(refund -> events.add(PaymentEvents.owed(refund)));
        }
        if (outbox.hears(EventKind.HOLD_EXPIRED)) {
            writes.changedHolds().stream()
                    .filter(hold -> hold.status == ReservationStatus.EXPIRED)
                    .forEach(hold -> events.add(
                            Event.ofHold(EventKind.HOLD_EXPIRED, hold.id, hold.userId, hold.productId, hold.quantity)));
        }
        return events;
    }

    /** The changed products, each with what became of its holds in this batch. */
    private static List<StockChange> stockChanges(Writes writes) {
        Map<Long, List<String>> causes = new HashMap<>();
        writes.stock.forEach(product -> causes.put(product.id, new ArrayList<>()));
        writes.holds.forEach(hold -> {
            List<String> ofProduct = causes.get(hold.productId);
            if (ofProduct != null) {
                cause(hold).ifPresent(ofProduct::add);
            }
        });
        return writes.stock.stream()
                .map(product -> new StockChange(product.id, Objects.requireNonNull(causes.get(product.id))))
                .toList();
    }

    private static Optional<String> cause(Hold hold) {
        return switch (hold.status) {
            case PENDING -> hold.isNew ? Optional.of(StockChange.RESERVED) : Optional.empty();
            case CONFIRMED -> Optional.of(StockChange.SOLD);
            case CANCELLED -> Optional.of(StockChange.GIVEN_UP);
            case EXPIRED -> Optional.of(StockChange.EXPIRED);
        };
    }
}
