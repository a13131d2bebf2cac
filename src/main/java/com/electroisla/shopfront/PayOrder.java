package com.electroisla.shopfront;

import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.OrderState;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.CheckoutHolds;
import com.electroisla.reservation.ReservationHistory;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.Reservations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Pays for what is held. A card's money is set aside before anything is sold and taken afterwards; the form's key makes a
 * second click the same payment. While it is not known what became of the sale, the money stays set aside, and the same form
 * sent again finds out.
 */
public final class PayOrder {
    private static final Logger LOG = Logger.getLogger(PayOrder.class.getName());

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

    /** What is kept under the form's key. */
    record Placed(long pedido, BigDecimal total) {}

    record Refusal(String error, String code) {}

    public PaymentOutcome pay(CancelOrder.Buyer buyer, PaymentForm form, CardGateway.Card card) {
        Optional<OrderDetails> details = form.details();
        if (details.isEmpty()) {
            return new PaymentOutcome.Incomplete();
        }
        return details.get().method() == PaymentMethod.CARD
                ? payByCard(buyer, form, details.get(), card)
                : place(buyer, form, details.get(), Optional.empty());
    }

    private PaymentOutcome payByCard(CancelOrder.Buyer buyer, PaymentForm form, OrderDetails details, CardGateway.Card card) {
        CheckoutHolds holds = history.lastCheckout(buyer.userId());
        String reference = buyer.userId() + ":" + form.key();
        // Nothing live: either the time is up, or this is a repeat of a payment that was done; the key tells which.
        // What it set aside may not have been taken yet.
        if (!holds.isLive()) {
            return place(buyer, form, details, gateway.find(reference));
        }
        return switch (gateway.authorise(holds.total(), card, reference)) {
            case CardGateway.Answer.Declined() -> new PaymentOutcome.CardDeclined();
            case CardGateway.Answer.NotACard() -> new PaymentOutcome.NotACard();
            case CardGateway.Answer.Authorised authorised -> place(buyer, form, details, Optional.of(authorised));
        };
    }

    private PaymentOutcome place(CancelOrder.Buyer buyer, PaymentForm form, OrderDetails details, Optional<CardGateway.Answer.Authorised> money) {
        byte[] body = String.join("\0", form.method(), form.address(), form.phone(), form.notes()).getBytes(StandardCharsets.UTF_8);
        IdempotencyKey key = IdempotencyKey.of(buyer.userId(), "POST", "/reserva/pagar", form.key(), body);
        Answer answer = reservations.submit(new PlaceOrder(buyer.userId(), details), Optional.of(key), buyer.language(),
                outcome -> answer(outcome, buyer.language()));
        if (answer.status() == 201) {
            return settle(buyer, Json.read(answer.body(), "application/json", Placed.class), money);
        }
        Refusal refusal = Json.read(answer.body(), "application/json", Refusal.class);
        // The first body may have sold; the money is its order's.
        if (refusal.code().equals(ErrorCode.IDEMPOTENCY_KEY_REUSED.code())) {
            return new PaymentOutcome.FormUsed();
        }
        // A 503 does not tell whether anything was sold.
        if (answer.status() < 500) {
            money.ifPresent(authorised -> gateway.release(authorised.authorisation()));
        }
        return refusal.code().equals(ErrorCode.RESERVATION_EXPIRED.code()) ? new PaymentOutcome.HoldsOver() : new PaymentOutcome.Failed(refusal.error());
    }

    /** The answer may be the one kept for the key: what became of its order since is read anew. */
    private PaymentOutcome settle(CancelOrder.Buyer buyer, Placed placed, Optional<CardGateway.Answer.Authorised> money) {
        if (cancel.isCancelled(buyer, placed.pedido())) {
            money.ifPresent(authorised -> gateway.release(authorised.authorisation()));
            return new PaymentOutcome.OrderCancelled(placed.pedido());
        }
        if (money.isPresent() && money.get().amount().compareTo(placed.total()) < 0) {
            return giveUp(buyer, placed, money.get());
        }
        money.ifPresent(authorised -> gateway.capture(authorised.authorisation(), placed.total()));
        return new PaymentOutcome.Paid(placed.pedido());
    }

    /**
     * The order first, the money last: whoever dies between them, or could not cancel, does the same again with the same form.
     * An order that left the house before that is paid for with what was set aside.
     */
    private PaymentOutcome giveUp(CancelOrder.Buyer buyer, Placed placed, CardGateway.Answer.Authorised money) {
        cancel.cancel(buyer, placed.pedido());
        Optional<OrderState> state = cancel.stateOf(buyer, placed.pedido());
        if (state.isEmpty() || state.get().isCancellable()) {
            return new PaymentOutcome.Failed(Problem.of(ErrorCode.BUSY).message(buyer.language()));
        }
        if (state.get() == OrderState.CANCELLED) {
            gateway.release(money.authorisation());
            return new PaymentOutcome.AmountChanged();
        }
        gateway.capture(money.authorisation(), money.amount());
        LOG.log(Level.WARNING, "order {0} left before it could be cancelled: {1} of {2} taken",
                new Object[] {Long.toString(placed.pedido()), money.amount(), placed.total()});
        return new PaymentOutcome.Paid(placed.pedido());
    }

    private static Answer answer(ReservationOutcome outcome, Language language) {
        if (outcome instanceof Ordered ordered) {
            return Answer.created(new Placed(ordered.order().id(), ordered.order().total()));
        }
        return ReservationRefusals.of(outcome).answer(language);
    }
}
