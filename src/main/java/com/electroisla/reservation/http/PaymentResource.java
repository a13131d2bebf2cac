package com.electroisla.reservation.http;

import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.accounts.http.SignedInUnderLock;
import com.electroisla.http.Fields;
import com.electroisla.http.Json;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
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
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_PHONE = 20;
    private static final int LONGEST_NOTES = 2_000;

    private final Reservations reservations;
    private final Settings settings;

    @Inject
    PaymentResource(Reservations reservations, Settings settings) {
        this.reservations = reservations;
        this.settings = settings;
    }

    record PaymentJson(
            @Nullable String metodoPago,
            @Nullable String direccionEntrega,
            @Nullable String telefono,
            @Nullable String notas,
            @Nullable Object importe) {}

    @POST
    public Response pay(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        PaymentJson json = Json.read(body, call.contentType(), PaymentJson.class);
        OrderDetails details = details(json).in(call.language().locale());
        BigDecimal amount = Fields.optionalAmount("importe", json.importe());
        Agreed agreed = amount == null ? null : new Agreed(amount, null);
        var answers = new ReservationAnswers(call.language(), settings.timeToLive());
        var reply = reservations.submit(
                new PlaceOrder(call.userId(), details, agreed),
                Replies.keeping(call.idempotencyKey(body), answers::of));
        return Responses.of(Replies.answer(reply, call.language(), answers::of));
    }

    private static OrderDetails details(PaymentJson json) {
        String word = Fields.required("metodo_pago", json.metodoPago());
        PaymentMethod method = PaymentMethod.of(word)
                .orElseThrow(() -> Problem.invalidField("metodo_pago", "campo_opciones", PaymentMethod.words())
                        .exception());
        return new OrderDetails(
                method,
                Fields.text("direccion_entrega", json.direccionEntrega(), LONGEST_ADDRESS),
                Fields.text("telefono", json.telefono(), LONGEST_PHONE),
                Fields.optionalText("notas", json.notas(), LONGEST_NOTES));
    }
}
