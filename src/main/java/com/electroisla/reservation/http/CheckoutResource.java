package com.electroisla.reservation.http;

import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.accounts.http.SignedInUnderLock;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.reservation.ReservationRequest.CancelHolds;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import com.electroisla.reservation.Reservations;
import com.electroisla.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Checkout: the cart becomes holds for a time, all or nothing. */
@Path("/api/carrito/checkout")
@SignedInUnderLock
@RequestScoped
@RunOnVirtualThread
public class CheckoutResource {
    private final Reservations reservations;
    private final Settings settings;

    @Inject
    CheckoutResource(Reservations reservations, Settings settings) {
        this.reservations = reservations;
        this.settings = settings;
    }

    @POST
    public Response reserve(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        var request = new ReserveCart(call.userId(), call.address(), call.userAgent());
        return submit(call, request, body);
    }

    @POST
    @Path("cancelar")
    public Response cancel(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        return submit(call, new CancelHolds(call.userId()), body);
    }

    private Response submit(SignedInCall call, ReservationRequest request, byte[] body) {
        var answers = new ReservationAnswers(call.language(), settings.timeToLive());
        var reply = reservations.submit(request, Replies.keeping(call.idempotencyKey(body), answers::of));
        return Responses.of(Replies.answer(reply, call.language(), answers::of));
    }
}
