package com.electroisla.purchase.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.accounts.http.SignedInUnderLock;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.http.DetailsJson;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.provider.OfferedMethods;
import com.electroisla.payment.provider.PaymentProvider;
import com.electroisla.purchase.Begun;
import com.electroisla.purchase.Purchases;
import com.electroisla.reservation.Agreed;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.http.MethodAnswers;
import com.electroisla.reservation.http.ReservationAnswers;
import com.electroisla.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The caller's payments through a provider. */
@Path("/api/pagos")
@RequestScoped
@RunOnVirtualThread
public class PaymentsResource {
    private static final String RETRY_SECONDS = "5";

    private final Purchases purchases;
    private final OfferedMethods offered;
    private final Settings settings;

    @Inject
    PaymentsResource(Purchases purchases, OfferedMethods offered, Settings settings) {
        this.purchases = purchases;
        this.offered = offered;
        this.settings = settings;
    }

    @POST
    @SignedInUnderLock
    public Response begin(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        Optional<IdempotencyKey> key = call.idempotencyKey(body);
        DetailsJson json = Json.read(body, call.contentType(), DetailsJson.class);
        OrderDetails details = json.details().in(call.language().locale());
        BigDecimal amount = json.amount();
        PaymentProvider provider = offered.provider(details.method(), json.proveedor())
                .orElseThrow(() ->
                        MethodAnswers.withoutProvider(offered, details.method()).exception());
        var wish = new Purchases.Wish(
                call.userId(),
                details,
                amount == null ? null : new Agreed(amount, null),
                provider.name(),
                key.map(each -> each.id().key()).orElse(null));
        var words = new ReservationAnswers(call.language(), settings.timeToLive());
        URI shop = URI.create(PublicAddress.of(context.request()).base());
        return Responses.of(
                switch (purchases.begin(wish, Replies.keeping(key, words::of), shop)) {
                    case Begun.Started(var payment, var state) ->
                        Answer.created(PaymentJson.Started.of(payment, state));
                    case Begun.ProviderAway(var payment) ->
                        Problem.of(ErrorCode.PROVIDER_UNAVAILABLE)
                                .with("pago", payment.id())
                                .withHeader("Retry-After", RETRY_SECONDS)
                                .answer(call.language());
                    case Begun.Refused(var why, var kept) ->
                        kept.map(each -> new Answer(each.status(), each.body(), Map.of()))
                                .orElseGet(() -> words.of(why));
                    case Begun.RefusedBefore(var answer) -> new Answer(answer.status(), answer.body(), Map.of());
                    case Begun.KeyReused() ->
                        Problem.of(ErrorCode.IDEMPOTENCY_KEY_REUSED).answer(call.language());
                    case Begun.NoReply(var why) -> Replies.problem(why).answer(call.language());
                });
    }

    @GET
    @Path("{id}")
    @SignedIn
    public Response one(@Context RoutingContext context, @PathParam("id") String id) {
        SignedInCall call = SignedInCall.of(context);
        return Responses.of(purchases
                .look(call.userId(), PathId.of(id, ErrorCode.PAYMENT_NOT_FOUND))
                .map(seen -> Answer.ok(PaymentJson.of(seen)))
                .orElseGet(() -> Problem.of(ErrorCode.PAYMENT_NOT_FOUND).answer(call.language())));
    }

    @POST
    @Path("{id}/cancelar")
    @SignedInUnderLock
    public Response cancel(@Context RoutingContext context, @PathParam("id") String id, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        long payment = PathId.of(id, ErrorCode.PAYMENT_NOT_FOUND);
        var others = new ReservationAnswers(call.language(), settings.timeToLive());
        Function<ReservationOutcome, Answer> words = outcome -> switch (outcome) {
            case ReservationOutcome.PaymentCancelled(var cancelled) ->
                Answer.ok(PaymentJson.of(cancelled, PaymentState.CANCELLED, List.of()));
            case ReservationOutcome.PaymentAlreadyPaid() ->
                Problem.of(ErrorCode.PAYMENT_PAID).answer(call.language());
            case ReservationOutcome.PaymentUnknown() ->
                Problem.of(ErrorCode.PAYMENT_NOT_FOUND).answer(call.language());
            default -> others.of(outcome);
        };
        var reply = purchases.cancel(call.userId(), payment, Replies.keeping(call.idempotencyKey(body), words));
        return Responses.of(Replies.answer(reply, call.language(), words));
    }
}
