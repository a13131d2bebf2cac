package com.electroisla.shopfront;

import com.electroisla.http.ErrorCode;
import com.electroisla.reservation.ReservationOutcome;

/** Which sentence tells a refusal of the engine. */
final class ReservationRefusals {
    private ReservationRefusals() {}

    static ErrorCode codeOf(ReservationOutcome outcome) {
        return switch (outcome) {
            case ReservationOutcome.CartEmpty _ -> ErrorCode.CART_EMPTY;
            case ReservationOutcome.NotEnoughStock _ -> ErrorCode.NOT_ENOUGH_STOCK;
            case ReservationOutcome.AmountTooLarge _ -> ErrorCode.AMOUNT_TOO_LARGE;
            case ReservationOutcome.NothingToCancel _ -> ErrorCode.NO_RESERVATIONS;
            case ReservationOutcome.HoldsExpired _ -> ErrorCode.RESERVATION_EXPIRED;
            case ReservationOutcome.UserGone _ -> ErrorCode.NOT_SIGNED_IN;
            case ReservationOutcome.Reserved _, ReservationOutcome.Cancelled _, ReservationOutcome.Ordered _ ->
                throw new IllegalArgumentException("no refusal");
        };
    }
}
