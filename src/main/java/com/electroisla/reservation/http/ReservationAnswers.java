package com.electroisla.reservation.http;

import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Messages;
import com.electroisla.http.Problem;
import com.electroisla.order.http.OrderJson;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.AmountTooLarge;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.CartEmpty;
import com.electroisla.reservation.ReservationOutcome.HoldsExpired;
import com.electroisla.reservation.ReservationOutcome.NotAgreed;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.NotForSale;
import com.electroisla.reservation.ReservationOutcome.NothingToCancel;
import com.electroisla.reservation.ReservationOutcome.OfPayment;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.PaymentUnderWay;
import com.electroisla.reservation.ReservationOutcome.PriceChange;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.ReservedLine;
import com.electroisla.reservation.ReservationOutcome.Shortage;
import com.electroisla.reservation.ReservationOutcome.TooManyUnits;
import com.electroisla.reservation.ReservationOutcome.UnitsMissing;
import com.electroisla.reservation.ReservationOutcome.UserGone;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract's answers to checkout, its cancellation and payment. */
public final class ReservationAnswers {
    private final Language language;
    private final Duration timeToLive;

    public ReservationAnswers(Language language, Duration timeToLive) {
        this.language = language;
        this.timeToLive = timeToLive;
    }

    record CheckoutJson(
            String message,
            List<HeldJson> reservas,
            int totalItems,
            long ttlMinutos,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<PriceJson> preciosCambiados) {}

    record HeldJson(long id, String producto, int cantidad, Instant expiresAt) {}

    record PriceJson(long productId, String producto, String precioAnterior, String precioNuevo) {}

    record CancelledJson(String message, int reservasCanceladas) {}

    record ShortageJson(long productId, String producto, int disponible, int solicitado) {}

    record UnsaleableJson(long productId, String producto) {}

    record LostJson(long productId, String producto, int cantidad) {}

    public Answer of(ReservationOutcome outcome) {
        return switch (outcome) {
            case Reserved reserved -> Answer.ok(checkout(reserved));
            case Cancelled cancelled ->
                Answer.ok(new CancelledJson(Messages.get(language, "reservas_canceladas"), cancelled.count()));
            case Ordered ordered -> Answer.created(OrderJson.of(ordered.order()));
            case CartEmpty _ -> problem(ErrorCode.CART_EMPTY);
            case NothingToCancel _ -> problem(ErrorCode.NO_RESERVATIONS);
            case AmountTooLarge _ -> problem(ErrorCode.AMOUNT_TOO_LARGE);
            case UserGone _ -> problem(ErrorCode.NOT_SIGNED_IN);
            case NotEnoughStock refused -> lacking(Problem.of(ErrorCode.NOT_ENOUGH_STOCK), refused.shortages());
            case UnitsMissing refused ->
                lacking(Problem.of(ErrorCode.UNITS_MISSING, refused.names()), refused.shortages());
            case NotForSale refused ->
                Problem.of(ErrorCode.NOT_FOR_SALE, refused.names())
                        .with(
                                "productos",
                                refused.products().stream()
                                        .map(each -> new UnsaleableJson(each.productId(), each.product()))
                                        .toList())
                        .answer(language);
            case NotAgreed(BigDecimal total) ->
                Problem.of(ErrorCode.AMOUNT_DIFFERS, total.toPlainString())
                        .with("importe", total.toPlainString())
                        .answer(language);
            case PaymentUnderWay(long payment) ->
                Problem.of(ErrorCode.PAYMENT_UNDER_WAY).with("pago", payment).answer(language);
            case TooManyUnits(String product, int cap) ->
                Problem.of(ErrorCode.TOO_MANY_UNITS_TO_HOLD, product, Integer.toString(cap))
                        .with("tope", cap)
                        .answer(language);
            case OfPayment _ -> throw new IllegalStateException("no answer to a checkout or an order");
            case HoldsExpired expired ->
                Problem.of(ErrorCode.RESERVATION_EXPIRED)
                        .with(
                                "productos",
                                expired.lost().stream()
                                        .map(each -> new LostJson(each.productId(), each.product(), each.quantity()))
                                        .toList())
                        .answer(language);
        };
    }

    private Answer lacking(Problem problem, List<Shortage> shortages) {
        return problem.with(
                        "productos",
                        shortages.stream()
                                .map(each -> new ShortageJson(
                                        each.productId(), each.product(), each.available(), each.requested()))
                                .toList())
                .answer(language);
    }

    private CheckoutJson checkout(Reserved reserved) {
        List<HeldJson> lines = reserved.lines().stream()
                .map(line -> new HeldJson(line.id(), line.product(), line.quantity(), line.expiresAt()))
                .toList();
        List<PriceJson> prices =
                reserved.priceChanges().stream().map(ReservationAnswers::price).toList();
        int units = reserved.lines().stream().mapToInt(ReservedLine::quantity).sum();
        return new CheckoutJson(
                Messages.get(language, "stock_reservado"),
                lines,
                units,
                Math.max(1, timeToLive.toMinutes()),
                prices.isEmpty() ? null : prices);
    }

    private static PriceJson price(PriceChange change) {
        return new PriceJson(
                change.productId(),
                change.product(),
                change.before().toPlainString(),
                change.after().toPlainString());
    }

    private Answer problem(ErrorCode code) {
        return Problem.of(code).answer(language);
    }
}
