package com.electroisla.reservation.http;

import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.accounts.http.SignedInUnderLock;
import com.electroisla.http.Json;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.order.http.DetailsJson;
import com.electroisla.payment.provider.OfferedMethods;
import com.electroisla.payment.provider.PaymentProvider;
import com.electroisla.reservation.Agreed;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
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
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Payment: the holds of the last checkout become an order, all or nothing. */
@Path("/api/pedidos")
@SignedInUnderLock
@RequestScoped
@RunOnVirtualThread
public class PaymentResource {
    private final Reservations reservations;
    private final OfferedMethods offered;
    private final Settings settings;

    @Inject
    PaymentResource(Reservations reservations, OfferedMethods offered, Settings settings) {
        this.reservations = reservations;
        this.offered = offered;
        this.settings = settings;
    }

    @POST
    public Response pay(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        DetailsJson json = Json.read(body, call.contentType(), DetailsJson.class);
        OrderDetails details = json.details().in(call.language().locale());
        BigDecimal amount = json.amount();
        Agreed agreed = amount == null ? null : new Agreed(amount, null);
        var answers = new ReservationAnswers(call.language(), settings.timeToLive());
        var reply = reservations.submit(
                new PlaceOrder(call.userId(), details, agreed, chargedBy(details.method())),
                Replies.keeping(call.idempotencyKey(body), answers::of));
        return Responses.of(Replies.answer(reply, call.language(), answers::of));
    }

    /** The provider that charges the order in the same step; null for a method that needs none. */
    private @Nullable String chargedBy(PaymentMethod method) {
        if (!method.isPaidAtProvider()) {
            return null;
        }
        PaymentProvider provider = offered.provider(method, null)
                .orElseThrow(() -> MethodAnswers.unavailable(offered).exception());
        if (!provider.chargesAtOnce()) {
            throw MethodAnswers.byProvider().exception();
        }
        return provider.name();
    }
}
