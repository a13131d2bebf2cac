package com.electroisla.shopfront;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.reservation.ReservationOutcome;

/** Which sentence tells a refusal of the engine. */
final class ReservationRefusals {
    private ReservationRefusals() {}

    static Problem of(ReservationOutcome outcome) {
        return switch (outcome) {
            case ReservationOutcome.CartEmpty _ -> Problem.of(ErrorCode.CART_EMPTY);
            case ReservationOutcome.NotEnoughStock _ -> Problem.of(ErrorCode.NOT_ENOUGH_STOCK);
            case ReservationOutcome.NotAgreed(var total) -> Problem.of(ErrorCode.AMOUNT_DIFFERS, total.toPlainString()).with("importe", total.toPlainString());
            case ReservationOutcome.UnitsMissing missing -> Problem.of(ErrorCode.UNITS_MISSING, missing.names());
            case ReservationOutcome.NotForSale refused -> Problem.of(ErrorCode.NOT_FOR_SALE, refused.names());
            case ReservationOutcome.AmountTooLarge _ -> Problem.of(ErrorCode.AMOUNT_TOO_LARGE);
            case ReservationOutcome.NothingToCancel _ -> Problem.of(ErrorCode.NO_RESERVATIONS);
            case ReservationOutcome.HoldsExpired _ -> Problem.of(ErrorCode.RESERVATION_EXPIRED);
            case ReservationOutcome.UserGone _ -> Problem.of(ErrorCode.NOT_SIGNED_IN);
            case ReservationOutcome.Reserved _, ReservationOutcome.Cancelled _, ReservationOutcome.Ordered _ ->
                throw new IllegalArgumentException("no refusal");
        };
    }
}
