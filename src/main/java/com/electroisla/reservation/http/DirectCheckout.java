package com.electroisla.reservation.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.http.Callers;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.ProblemException;
import com.electroisla.http.server.FastPaths;
import com.electroisla.http.server.Link;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.idempotency.Keeping;
import com.electroisla.reservation.ReservationEngine;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import com.electroisla.settings.Settings;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The checkout of a buyer whose token was let in before, answered without leaving the event loop: in a rush the way
 * through JAX-RS and a thread of its own is more than half of what a checkout costs the server. Nothing here waits. A
 * call that needs a signature verified, the database asked or a refusal of its head goes on to
 * {@link CheckoutResource}, which answers with the same bytes.
 */
@Singleton
final class DirectCheckout {
    private static final Logger LOG = Logger.getLogger(DirectCheckout.class.getName());
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
        paths.post(PATH, this::answers);
    }

    /** Takes the call over, unless the resource has to. */
    private boolean answers(RoutingContext context) {
        if (Callers.admitRemembered(context, accounts.get()).isEmpty()) {
            return false;
        }
        SignedInCall call = SignedInCall.of(context);
        var words = new ReservationAnswers(call.language(), settings.get().timeToLive());
        Optional<Keeping<ReservationOutcome>> keeping;
        try {
            keeping = Replies.keeping(
                    call.idempotencyKey(() ->
                            Objects.requireNonNull(context.body().buffer()).getBytes()),
                    words::of);
        } catch (ProblemException wrongKey) {
            return false;
        }
        Context here = context.vertx().getOrCreateContext();
        reservations
                .get()
                .submitLater(new ReserveCart(call.userId(), call.address(), call.userAgent()), keeping)
                .thenAccept(reply -> here.runOnContext(_ -> answer(call, reply, words)));
        return true;
    }

    /**
     * Writes the answer. The outcome is durable already, so a fault here must neither pass for a refusal nor leave the
     * buyer waiting: a connection that ends says that the outcome is unknown.
     */
    private static void answer(SignedInCall call, Reply<ReservationOutcome> reply, ReservationAnswers words) {
        try {
            Responses.write(call.context(), Replies.answer(reply, call.language(), words::of));
        } catch (Throwable fault) {
            LOG.log(Level.SEVERE, "an answer could not be written", fault);
            Link.cut(call.context().request());
        }
    }
}
