package com.electroisla.shopfront;

import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.idempotency.KeptAnswer;
import com.electroisla.order.OrderDetails;
import com.electroisla.payment.provider.OfferedMethods;
import com.electroisla.payment.provider.PaymentProvider;
import com.electroisla.purchase.Begun;
import com.electroisla.purchase.Purchases;
import com.electroisla.reservation.Agreed;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.Reservations;
import com.electroisla.shopfront.PaymentOutcome.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Pays for the buyer's holds, the sum that the form showed and no other: as an order that waits for its money, or by
 * beginning a payment at a provider. The form's key makes a second click the same order or payment.
 */
public final class PayOrder {
    private final Reservations reservations;
    private final Purchases purchases;
    private final OfferedMethods offered;
    private final CancelOrder cancel;

    public PayOrder(Reservations reservations, Purchases purchases, OfferedMethods offered, CancelOrder cancel) {
        this.reservations = reservations;
        this.purchases = purchases;
        this.offered = offered;
        this.cancel = cancel;
    }

    /** @param shop the shop's address, where a provider sends the buyer back */
    public PaymentOutcome pay(CancelOrder.Buyer buyer, PaymentForm form, URI shop) {
        Optional<OrderDetails> details = form.details();
        if (details.isEmpty()) {
            return new PaymentOutcome.Incomplete();
        }
        if (form.agreed().isEmpty()) {
            return new PaymentOutcome.NothingAgreed();
        }
        OrderDetails spoken = details.get().in(buyer.language());
        Agreed agreed = form.agreed().get();
        return spoken.method().isPaidAtProvider()
                ? begin(buyer, form, spoken, agreed, shop)
                : place(buyer, form, new PlaceOrder(buyer.userId(), spoken, agreed));
    }

    private PaymentOutcome begin(
            CancelOrder.Buyer buyer, PaymentForm form, OrderDetails details, Agreed agreed, URI shop) {
        Optional<PaymentProvider> provider = offered.provider(details.method(), form.provider());
        if (provider.isEmpty()) {
            return new PaymentOutcome.MethodUnavailable();
        }
        var wish = new Purchases.Wish(
                buyer.userId(), details, agreed, provider.get().name(), form.key());
        return switch (purchases.begin(wish, Optional.empty(), shop)) {
            case Begun.Started(var payment, var _) -> new PaymentOutcome.Begun(payment.id());
            case Begun.ProviderAway(var payment) -> new PaymentOutcome.ProviderAway(payment.id());
            case Begun.Refused(ReservationOutcome why, var _) -> outcome(why);
            // Under a key without kept refusals there is only a payment.
            case Begun.RefusedBefore _, Begun.KeyReused _ -> new PaymentOutcome.FormUsed();
            case Begun.NoReply(var none) -> new PaymentOutcome.Failed(none);
        };
    }

    private PaymentOutcome place(CancelOrder.Buyer buyer, PaymentForm form, PlaceOrder order) {
        byte[] body = String.join(
                        "\0", form.method(), form.address(), form.phone(), form.notes(), form.total(), form.holds())
                .getBytes(StandardCharsets.UTF_8);
        IdempotencyKey key = IdempotencyKey.of(buyer.userId(), "POST", "/reserva/pagar", form.key(), body);
        var keeping = new Keeping<ReservationOutcome>(key, outcome -> PaymentRecord.of(outcome(outcome)));
        return switch (reservations.submit(order, Optional.of(keeping))) {
            case Reply.Decided<ReservationOutcome>(ReservationOutcome outcome, var _) ->
                present(buyer, outcome(outcome));
            case Reply.Kept<ReservationOutcome>(KeptAnswer first) -> present(buyer, PaymentRecord.read(first));
            // The first body may have sold.
            case Reply.KeyReused<ReservationOutcome> _ -> new PaymentOutcome.FormUsed();
            case Reply.Gone<ReservationOutcome>(Reply.Missing missing) ->
                new PaymentOutcome.Refused(Refusal.of(missing), "");
            // The outcome of the sale is unknown.
            case Reply.NoOutcome<ReservationOutcome> none -> new PaymentOutcome.Failed(none);
        };
    }

    /** The outcome may be the one kept for the key: the present state of its order is read anew. */
    private PaymentOutcome present(CancelOrder.Buyer buyer, PaymentOutcome decided) {
        return decided instanceof PaymentOutcome.Paid paid && cancel.isCancelled(buyer, paid.order())
                ? new PaymentOutcome.OrderCancelled(paid.order())
                : decided;
    }

    private static PaymentOutcome outcome(ReservationOutcome outcome) {
        return switch (outcome) {
            case ReservationOutcome.Ordered ordered ->
                new PaymentOutcome.Paid(ordered.order().id(), ordered.order().total());
            case ReservationOutcome.HoldsExpired _ -> new PaymentOutcome.HoldsOver();
            case ReservationOutcome.NotAgreed(var total) -> new PaymentOutcome.NotAgreed(total);
            case ReservationOutcome.PaymentUnderWay(long payment) -> new PaymentOutcome.UnderWay(payment);
            case ReservationOutcome.UnitsMissing missing ->
                new PaymentOutcome.Refused(Refusal.UNITS_MISSING, missing.names());
            case ReservationOutcome.NotForSale refused ->
                new PaymentOutcome.Refused(Refusal.NOT_FOR_SALE, refused.names());
            case ReservationOutcome.AmountTooLarge _ -> new PaymentOutcome.Refused(Refusal.AMOUNT_TOO_LARGE, "");
            case ReservationOutcome.UserGone _ -> new PaymentOutcome.Refused(Refusal.USER_GONE, "");
            case ReservationOutcome.Reserved _,
                    ReservationOutcome.Cancelled _,
                    ReservationOutcome.CartEmpty _,
                    ReservationOutcome.NotEnoughStock _,
                    ReservationOutcome.NothingToCancel _,
                    ReservationOutcome.TooManyUnits _,
                    ReservationOutcome.OfPayment _ -> throw new IllegalStateException("no outcome of a payment");
        };
    }
}
