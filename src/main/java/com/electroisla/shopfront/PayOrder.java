package com.electroisla.shopfront;

import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.ReservationHistory;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.Reservations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pays for what is held, the sum that the form showed and no other. A card's money is set aside before anything is sold and taken
 * afterwards; the form's key makes a second click the same payment. While it is not known what became of the sale, the money stays set aside, and the same form
 * sent again finds out.
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

    /** What is kept under the form's key. */
    record Placed(long pedido, BigDecimal total) {}

    record Refusal(String error, String code, @Nullable String importe) {}

    public PaymentOutcome pay(CancelOrder.Buyer buyer, PaymentForm form, CardGateway.Card card) {
        Optional<OrderDetails> details = form.details();
        if (details.isEmpty()) {
            return new PaymentOutcome.Incomplete();
        }
        if (form.agreed().isEmpty()) {
            return new PaymentOutcome.NothingAgreed();
        }
        PlaceOrder order = new PlaceOrder(buyer.userId(), details.get(), form.agreed().get());
        return details.get().method() == PaymentMethod.CARD
                ? payByCard(buyer, form, order, form.agreed().get().total(), card)
                : place(buyer, form, order, Optional.empty());
    }

    private PaymentOutcome payByCard(CancelOrder.Buyer buyer, PaymentForm form, PlaceOrder order, BigDecimal total, CardGateway.Card card) {
        String reference = buyer.userId() + ":" + form.key();
        // Nothing live: either the time is up, or this is a repeat of a payment that was done; the key tells which.
        // What it set aside may not have been taken yet.
        if (!history.lastCheckout(buyer.userId()).isLive()) {
            return place(buyer, form, order, gateway.find(reference));
        }
        return switch (gateway.authorise(total, card, reference)) {
            case CardGateway.Answer.Declined() -> new PaymentOutcome.CardDeclined();
            case CardGateway.Answer.NotACard() -> new PaymentOutcome.NotACard();
            // The key set another sum aside before: the form was changed by hand.
            case CardGateway.Answer.Authorised authorised when authorised.amount().compareTo(total) != 0 -> new PaymentOutcome.FormUsed();
            case CardGateway.Answer.Authorised authorised -> place(buyer, form, order, Optional.of(authorised));
        };
    }

    private PaymentOutcome place(CancelOrder.Buyer buyer, PaymentForm form, PlaceOrder order, Optional<CardGateway.Answer.Authorised> money) {
        byte[] body = String.join("\0", form.method(), form.address(), form.phone(), form.notes(), form.total(), form.holds()).getBytes(StandardCharsets.UTF_8);
        IdempotencyKey key = IdempotencyKey.of(buyer.userId(), "POST", "/reserva/pagar", form.key(), body);
        Answer answer = reservations.submit(order, Optional.of(key), buyer.language(),
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
        if (refusal.code().equals(ErrorCode.RESERVATION_EXPIRED.code())) {
            return new PaymentOutcome.HoldsOver();
        }
        if (refusal.importe() != null) {
            return new PaymentOutcome.NotAgreed(new BigDecimal(refusal.importe()));
        }
        return answer.status() < 500 ? new PaymentOutcome.Refused(refusal.error()) : new PaymentOutcome.Failed(refusal.error());
    }

    /** The answer may be the one kept for the key: what became of its order since is read anew. */
    private PaymentOutcome settle(CancelOrder.Buyer buyer, Placed placed, Optional<CardGateway.Answer.Authorised> money) {
        if (cancel.isCancelled(buyer, placed.pedido())) {
            money.ifPresent(authorised -> gateway.release(authorised.authorisation()));
            return new PaymentOutcome.OrderCancelled(placed.pedido());
        }
        money.ifPresent(authorised -> gateway.capture(authorised.authorisation(), placed.total()));
        return new PaymentOutcome.Paid(placed.pedido());
    }

    private static Answer answer(ReservationOutcome outcome, Language language) {
        if (outcome instanceof Ordered ordered) {
            return Answer.created(new Placed(ordered.order().id(), ordered.order().total()));
        }
        return ReservationRefusals.of(outcome).answer(language);
    }
}
