package com.electroisla.shopfront;

import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.idempotency.KeptAnswer;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.Reservations;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.shopfront.PaymentOutcome.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Pays for the buyer's holds, the sum that the form showed and no other. A card is authorised before the sale and
 * captured afterwards; the form's key makes a second click the same payment. While the outcome of the sale is unknown,
 * the authorisation stays, and the same form sent again settles it.
 */
public final class PayOrder {
    private final Reservations reservations;
    private final ReservationHistory history;
    private final CardGateway gateway;
    private final CancelOrder cancel;

    public PayOrder(Reservations reservations, ReservationHistory history, CardGateway gateway, CancelOrder cancel) {
        this.reservations = reservations;
        this.history = history;
        this.gateway = gateway;
        this.cancel = cancel;
    }

    public PaymentOutcome pay(CancelOrder.Buyer buyer, PaymentForm form, CardGateway.Card card) {
        Optional<OrderDetails> details = form.details();
        if (details.isEmpty()) {
            return new PaymentOutcome.Incomplete();
        }
        if (form.agreed().isEmpty()) {
            return new PaymentOutcome.NothingAgreed();
        }
        PlaceOrder order = new PlaceOrder(
                buyer.userId(),
                details.get().in(buyer.language()),
                form.agreed().get());
        return details.get().method() == PaymentMethod.CARD
                ? payByCard(buyer, form, order, form.agreed().get().total(), card)
                : place(buyer, form, order, Optional.empty());
    }

    private PaymentOutcome payByCard(
            CancelOrder.Buyer buyer, PaymentForm form, PlaceOrder order, BigDecimal total, CardGateway.Card card) {
        String reference = buyer.userId() + ":" + form.key();
        // No live hold: either the time is up, or this repeats a payment that was done; the key tells which. Its
        // authorisation may not have been captured yet.
        if (!history.lastCheckout(buyer.userId()).isLive()) {
            return place(buyer, form, order, gateway.find(reference));
        }
        return switch (gateway.authorise(total, card, reference)) {
            case CardGateway.Answer.Declined() -> new PaymentOutcome.CardDeclined();
            case CardGateway.Answer.NotACard() -> new PaymentOutcome.NotACard();
            // The key authorised another sum before: the form was changed by hand.
            case CardGateway.Answer.Authorised authorised
            when authorised.amount().compareTo(total) != 0 -> new PaymentOutcome.FormUsed();
            case CardGateway.Answer.Authorised authorised -> place(buyer, form, order, Optional.of(authorised));
        };
    }

    private PaymentOutcome place(
            CancelOrder.Buyer buyer,
            PaymentForm form,
            PlaceOrder order,
            Optional<CardGateway.Answer.Authorised> money) {
        byte[] body = String.join(
                        "\0", form.method(), form.address(), form.phone(), form.notes(), form.total(), form.holds())
                .getBytes(StandardCharsets.UTF_8);
        IdempotencyKey key = IdempotencyKey.of(buyer.userId(), "POST", "/reserva/pagar", form.key(), body);
        var keeping = new Keeping<ReservationOutcome>(key, outcome -> PaymentRecord.of(outcome(outcome)));
        return switch (reservations.submit(order, Optional.of(keeping))) {
            case Reply.Decided<ReservationOutcome>(ReservationOutcome outcome, var _) ->
                settle(buyer, outcome(outcome), money);
            case Reply.Kept<ReservationOutcome>(KeptAnswer first) -> settle(buyer, PaymentRecord.read(first), money);
            // The first body may have sold; the money belongs to its order.
            case Reply.KeyReused<ReservationOutcome> _ -> new PaymentOutcome.FormUsed();
            case Reply.Gone<ReservationOutcome>(Reply.Missing missing) ->
                settle(buyer, new PaymentOutcome.Refused(Refusal.of(missing), ""), money);
            // The outcome of the sale is unknown.
            case Reply.NoOutcome<ReservationOutcome> none -> new PaymentOutcome.Failed(none);
        };
    }

    /**
     * Captures or releases the money. The outcome may be the one kept for the key: the present state of its order is
     * read anew.
     */
    private PaymentOutcome settle(
            CancelOrder.Buyer buyer, PaymentOutcome decided, Optional<CardGateway.Answer.Authorised> money) {
        if (decided instanceof PaymentOutcome.Paid(long order, BigDecimal total) && !cancel.isCancelled(buyer, order)) {
            money.ifPresent(authorised -> gateway.capture(authorised.authorisation(), total));
            return decided;
        }
        money.ifPresent(authorised -> gateway.release(authorised.authorisation()));
        return decided instanceof PaymentOutcome.Paid paid ? new PaymentOutcome.OrderCancelled(paid.order()) : decided;
    }

    private static PaymentOutcome outcome(ReservationOutcome outcome) {
        return switch (outcome) {
            case ReservationOutcome.Ordered ordered ->
                new PaymentOutcome.Paid(ordered.order().id(), ordered.order().total());
            case ReservationOutcome.HoldsExpired _ -> new PaymentOutcome.HoldsOver();
            case ReservationOutcome.NotAgreed(BigDecimal total) -> new PaymentOutcome.NotAgreed(total);
            case ReservationOutcome.UnitsMissing missing ->
                new PaymentOutcome.Refused(Refusal.UNITS_MISSING, missing.names());
            case ReservationOutcome.NotForSale refused ->
                new PaymentOutcome.Refused(Refusal.NOT_FOR_SALE, refused.names());
            case ReservationOutcome.AmountTooLarge _ -> new PaymentOutcome.Refused(Refusal.AMOUNT_TOO_LARGE, "");
            case ReservationOutcome.UserGone _ -> new PaymentOutcome.Refused(Refusal.USER_GONE, "");
            case ReservationOutcome.PaymentUnderWay _ -> new PaymentOutcome.Refused(Refusal.PAYMENT_UNDER_WAY, "");
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
