package com.electroisla.oldfront.http;

import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.accounts.http.SignedInUnderLock;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartOutcome.Cut;
import com.electroisla.cart.CartOutcome.QuantitiesSet;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.Carts;
import com.electroisla.cart.http.CartJson;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.Messages;
import com.electroisla.http.Problem;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The two calls of the old front end's cart that go to its page's own origin, whatever its API's address is. */
@Path("/api/carrito")
@RequestScoped
@RunOnVirtualThread
public class OldCartResource {
    private final Carts carts;

    @Inject
    OldCartResource(Carts carts) {
        this.carts = carts;
    }

    record UpdatesJson(@Nullable Object updates) {}

    /**
     * @param ajustes the products whose quantity is another than the one sent
     * @param ignorados the entries that make no sense; that front end takes a field {@code error} for a failure
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record UpdatedJson(String message, CartJson cart, List<AdjustedJson> ajustes, List<String> ignorados) {}

    record AdjustedJson(long productId, int solicitado, int cantidad, String code, String error) {}

    /** Sets quantities, 0 removes. Any refusal but 401 hangs the page, so what does not fit is cut, and named. */
    @POST
    @Path("bulk-update")
    @SignedInUnderLock
    public Response setQuantities(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        var sent = Quantities.of(
                Json.read(body, call.contentType(), UpdatesJson.class).updates());
        PublicAddress site = PublicAddress.of(context.request());
        Function<CartOutcome, Answer> words = outcome -> answer(outcome, sent.ignored(), call.language(), site);
        var caller = new CartRequest.Caller(call.userId(), call.address(), call.userAgent());
        var request = new CartRequest.SetQuantities(caller, sent.understood());
        var reply = carts.submit(request, Replies.keeping(call.idempotencyKey(body), words));
        return Responses.of(Replies.answer(reply, call.language(), words));
    }

    /**
     * Takes note of nothing: this beacon of a closing page carries no token, so anybody's page could send it. The page
     * keeps what it tells, and sends it by {@link #setQuantities} with its next change.
     */
    @POST
    @Path("items/sync")
    public Response farewell() {
        return Responses.of(Answer.noContent());
    }

    private static Answer answer(CartOutcome outcome, List<String> ignored, Language language, PublicAddress site) {
        return switch (outcome) {
            case QuantitiesSet(var cart, List<Cut> cut) ->
                Answer.ok(new UpdatedJson(
                        Messages.get(
                                language,
                                cut.isEmpty() && ignored.isEmpty() ? "carrito_actualizado" : "carrito_ajustado"),
                        CartJson.of(cart, site),
                        cut.stream().map(each -> adjusted(each, language)).toList(),
                        ignored));
            case CartOutcome.UserGone _ -> Problem.of(ErrorCode.NOT_SIGNED_IN).answer(language);
            case CartOutcome.Changed _,
                    CartOutcome.NotEnough _,
                    CartOutcome.OverUnitCap _,
                    CartOutcome.NoSuchProduct _,
                    CartOutcome.NotForSale _,
                    CartOutcome.NoSuchLine _,
                    CartOutcome.CartFull _,
                    CartOutcome.Counted _,
                    CartOutcome.OverLimit _ ->
                throw new IllegalStateException("the outcome of another request: " + outcome);
        };
    }

    private static AdjustedJson adjusted(Cut cut, Language language) {
        Problem problem = switch (cut.reason()) {
            case NOT_ENOUGH -> Problem.of(ErrorCode.NOT_ENOUGH_FOR_CART, Integer.toString(cut.available()));
            case TOO_MANY ->
                Problem.invalidField("quantity", "campo_entre", "0", Integer.toString(Carts.LARGEST_QUANTITY));
            case OVER_UNIT_CAP -> Problem.of(ErrorCode.UNIT_CAP_FOR_CART, Integer.toString(cut.available()));
            case NO_SUCH_PRODUCT -> Problem.of(ErrorCode.PRODUCT_NOT_FOUND);
            case NOT_FOR_SALE -> Problem.of(ErrorCode.NOT_FOR_SALE, Long.toString(cut.productId()));
            case CART_FULL -> Problem.of(ErrorCode.CART_FULL, Integer.toString(Carts.MOST_LINES));
        };
        return new AdjustedJson(
                cut.productId(), cut.requested(), cut.quantity(), problem.code().code(), problem.message(language));
    }
}
