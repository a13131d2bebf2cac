package com.electroisla.reservation.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.http.DirectCalls;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.http.server.FastPaths;
import com.electroisla.http.server.Replies;
import com.electroisla.reservation.ReservationEngine;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import com.electroisla.settings.Settings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The checkout as a direct call; all others go to {@link CheckoutResource}. */
@Singleton
final class DirectCheckout {
    private static final String PATH = "/api/carrito/checkout";

    private final Instance<Accounts> accounts;
    private final Instance<ReservationEngine> reservations;
    private final Instance<Settings> settings;

    @Inject
    DirectCheckout(Instance<Accounts> accounts, Instance<ReservationEngine> reservations, Instance<Settings> settings) {
        this.accounts = accounts;
        this.reservations = reservations;
        this.settings = settings;
    }

    void register(@Observes FastPaths paths) {
        paths.post(PATH, context -> DirectCalls.answers(context, accounts.get(), this::checkout));
    }

    private DirectCalls.Begun<ReservationOutcome> checkout(SignedInCall call) {
        var words = new ReservationAnswers(call.language(), settings.get().timeToLive());
        var request = new ReserveCart(call.userId(), call.address(), call.userAgent());
        return new DirectCalls.Begun<>(
                reservations.get().submitLater(request, Replies.keeping(DirectCalls.key(call), words::of)), words::of);
    }
}
