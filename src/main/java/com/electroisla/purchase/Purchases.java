package com.electroisla.purchase;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.Keeping;
import com.electroisla.order.OrderDetails;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentSql;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.PaymentViewSql;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.QuestionSql;
import com.electroisla.payment.Refund;
import com.electroisla.payment.provider.PaymentPage;
import com.electroisla.payment.provider.PaymentProvider;
import com.electroisla.payment.provider.PaymentProviders;
import com.electroisla.payment.provider.ProviderRefused;
import com.electroisla.payment.provider.ProviderUnavailable;
import com.electroisla.payment.provider.ReturnAddresses;
import com.electroisla.reservation.Agreed;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.CancelPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.reservation.Reservations;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Payments through a provider as a buyer makes them: begun, looked at, given up.
 *
 * <p>Invariant: a payment is in the database, and its units are kept for it, before its provider hears of it, and the
 * provider knows it by its id. So whatever breaks in between, the same key or the next question takes the same payment
 * up again, and nobody is charged twice for it.
 */
public final class Purchases {
    private static final Logger LOG = Logger.getLogger(Purchases.class.getName());
    private static final int MOST_SHOWN = 50;

    private final Database database;
    private final DatabaseClock clock;
    private final Reservations reservations;
    private final PaymentProviders providers;
    private final Duration window;

    /** @param window how long a payment keeps its units */
    public Purchases(
            Database database,
            DatabaseClock clock,
            Reservations reservations,
            PaymentProviders providers,
            Duration window) {
        this.database = database;
        this.clock = clock;
        this.reservations = reservations;
        this.providers = providers;
        this.window = window;
    }

    /**
     * A buyer's wish to pay at a provider.
     *
     * @param provider the name of one that this shop has
     * @param key under which a repetition is the same payment; null when a repetition is another one
     */
    public record Wish(
            int userId,
            OrderDetails details,
            @Nullable Agreed agreed,
            String provider,
            @Nullable String key) {
        /** Whether the payment is what this wish asks for. */
        private boolean isOf(Payment payment) {
            OrderDetails begun = payment.details();
            return payment.provider().equals(provider)
                    && begun.method() == details.method()
                    && begun.address().equals(details.address())
                    && begun.phone().equals(details.phone())
                    && Objects.equals(begun.notes(), details.notes())
                    && (agreed == null || agreed.total().compareTo(payment.amount()) == 0);
        }
    }

    /**
     * Begins a payment, or takes up the one that the key began.
     *
     * @param keeping how a repetition of a refusal gets the first answer; a payment has its key itself
     * @param shop the shop's address, where the provider sends the buyer back
     */
    public Begun begin(Wish wish, Optional<Keeping<ReservationOutcome>> keeping, URI shop) {
        var request =
                new BeginPayment(wish.userId(), wish.details(), wish.agreed(), wish.provider(), window, wish.key());
        return switch (reservations.submit(request, keeping.map(Purchases::ofRefusals))) {
            case Reply.Decided<ReservationOutcome>(ReservationOutcome.PaymentBegun(Payment payment), var _) ->
                wish.isOf(payment) ? atProvider(payment, shop) : new Begun.KeyReused();
            case Reply.Decided<ReservationOutcome>(ReservationOutcome why, var kept) -> new Begun.Refused(why, kept);
            case Reply.Kept<ReservationOutcome>(var answer) -> new Begun.RefusedBefore(answer);
            case Reply.KeyReused<ReservationOutcome> _ -> new Begun.KeyReused();
            case Reply.NoOutcome<ReservationOutcome> none -> new Begun.NoReply(none);
        };
    }

    private static Keeping<ReservationOutcome> ofRefusals(Keeping<ReservationOutcome> all) {
        return new Keeping<>(
                all.key(),
                outcome -> outcome instanceof ReservationOutcome.PaymentBegun
                        ? Optional.empty()
                        : all.answer().apply(outcome));
    }

    /** Begins a payment at its provider unless it is there already, or over. */
    Begun atProvider(Payment payment, URI shop) {
        Instant now = database.read(clock::now);
        if (payment.url() != null || !payment.isAlive(now)) {
            return new Begun.Started(payment, payment.stateAt(now));
        }
        Optional<PaymentProvider> provider = providers.named(payment.provider());
        if (provider.isEmpty()) {
            return new Begun.ProviderAway(payment);
        }
        try {
            PaymentPage page = provider.get().begin(payment, addresses(payment, shop));
            Payment kept = keep(payment, page);
            return new Begun.Started(kept, kept.stateAt(now));
        } catch (ProviderRefused refused) {
            LOG.log(Level.WARNING, "{0} did not begin {1}: {2}", new Object[] {
                payment.provider(), payment, refused.getMessage()
            });
            return endUnbegun(payment);
        } catch (ProviderUnavailable away) {
            LOG.log(Level.WARNING, "{0} did not answer about {1}: {2}", new Object[] {
                payment.provider(), payment, away.getMessage()
            });
            if (away.neverSent()) {
                return endUnbegun(payment);
            }
        }
        return new Begun.ProviderAway(payment);
    }

    private static ReturnAddresses addresses(Payment payment, URI shop) {
        URI here = shop.resolve("/pagos/" + payment.id() + "/");
        return new ReturnAddresses(shop, here.resolve("?vuelta=si"), here);
    }

    private Payment keep(Payment payment, PaymentPage page) {
        return database.inTransaction(handle -> {
            PaymentSql.setPage(handle, payment.id(), page.reference(), page.url());
            return PaymentSql.find(handle, payment.id()).orElse(payment);
        });
    }

    /**
     * Ends a payment that its provider surely does not know, and frees its key: the next try is another payment. One
     * whose page another call has brought meanwhile lives on.
     */
    private Begun endUnbegun(Payment payment) {
        Payment present = database.<Optional<Payment>, RuntimeException>read(
                        handle -> PaymentSql.find(handle, payment.id()))
                .orElse(payment);
        if (present.url() != null) {
            return new Begun.Started(present, present.stateAt(database.read(clock::now)));
        }
        reservations.submit(new HearPayment(payment.userId(), payment.id(), new ProviderWord.Refused(payment.id())));
        database.useTransaction(handle -> QuestionSql.freeKey(handle, payment.id()));
        return new Begun.ProviderAway(payment);
    }

    /** The user's payment; empty for another's. */
    public Optional<Seen> look(int userId, long payment) {
        return database.read(handle -> PaymentSql.find(handle, payment)
                .filter(found -> found.userId() == userId)
                .map(found -> Seen.of(handle, found, clock.now(handle))));
    }

    /** A payment of anybody, for whoever has an address of it that only its provider makes. */
    public Optional<Seen> look(long payment) {
        return database.read(
                handle -> PaymentSql.find(handle, payment).map(found -> Seen.of(handle, found, clock.now(handle))));
    }

    /** Asks the provider for the page of the user's payment, unless it is known; empty for another's payment. */
    public Optional<Begun> goOn(int userId, long payment, URI shop) {
        return database.<Optional<Payment>, RuntimeException>read(handle -> PaymentSql.find(handle, payment))
                .filter(found -> found.userId() == userId)
                .map(found -> atProvider(found, shop));
    }

    /**
     * The payment that keeps the user's units.
     *
     * @param now the database's clock, when the units were read
     */
    public Optional<Payment> underWay(int userId, Instant now) {
        return database.read(handle -> PaymentSql.ofUser(handle, userId, MOST_SHOWN).stream()
                .filter(payment -> payment.isAlive(now))
                .findFirst());
    }

    /** The user's payments that wait for money, or whose money sold nothing, newest first; without their units. */
    public List<Seen> withoutOrder(int userId) {
        return database.read(handle -> {
            List<Payment> payments = PaymentSql.ofUser(handle, userId, MOST_SHOWN).stream()
                    .filter(payment -> payment.order() == null)
                    .toList();
            if (payments.isEmpty()) {
                return List.of();
            }
            Instant now = clock.now(handle);
            return Seen.withRefunds(
                    handle,
                    payments.stream()
                            .filter(payment -> payment.state() == PaymentState.REFUND_OWED
                                    || payment.state() == PaymentState.REFUNDED
                                    || payment.isAlive(now))
                            .toList(),
                    now);
        });
    }

    /**
     * The payment that sold an order.
     *
     * @param refunds of charges that sold nothing; what is owed back of the order is the order's
     */
    public record Bought(PaymentViewSql.OfOrder payment, List<Refund> refunds) {}

    /** The payment that sold the order; empty for one without a provider. */
    public Optional<Bought> ofOrder(long order) {
        return database.read(handle -> PaymentViewSql.ofOrder(handle, order)
                .map(found -> new Bought(found, found.owes() ? owed(handle, found.payment()) : List.of())));
    }

    private static List<Refund> owed(Handle handle, long payment) {
        return PaymentViewSql.refunds(handle, List.of(payment)).stream()
                .filter(refund -> refund.order() == null)
                .toList();
    }

    /** Gives up a payment; its units are free at once. */
    public Reply<ReservationOutcome> cancel(int userId, long payment, Optional<Keeping<ReservationOutcome>> keeping) {
        return reservations.submit(new CancelPayment(userId, payment), keeping);
    }
}
