package com.electroisla.cart.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.accounts.http.SignedInUnderLock;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.CartRequest.Add;
import com.electroisla.cart.CartRequest.AddNothing;
import com.electroisla.cart.CartRequest.ChangeQuantity;
import com.electroisla.cart.CartRequest.Clear;
import com.electroisla.cart.CartRequest.Remove;
import com.electroisla.cart.CartRequest.View;
import com.electroisla.cart.Carts;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Fields;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.ProblemException;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.idempotency.IdempotencyKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The cart: a wish list with prices, which reserves nothing. */
@Path("/api/carrito")
@RequestScoped
@RunOnVirtualThread
public class CartResource {
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");

    private final Carts carts;

    @Inject
    CartResource(Carts carts) {
        this.carts = carts;
    }

    /** {@code null} components are missing fields. */
    record AddJson(@Nullable Long productId, @Nullable Integer quantity) {}

    record ChangeJson(@Nullable Integer quantity) {}

    @GET
    @SignedIn
    public Response view(@Context RoutingContext context) {
        SignedInCall call = SignedInCall.of(context);
        return carts.find(call.userId())
                .map(cart -> Responses.of(Answer.ok(CartJson.of(cart, PublicAddress.of(context.request())))))
                .orElseGet(() -> submit(call, new View(caller(call)), Optional.empty()));
    }

    @POST
    @Path("agregar")
    @SignedInUnderLock
    public Response add(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        try {
            Optional<IdempotencyKey> key = call.idempotencyKey(body);
            AddJson request = Json.read(body, call.contentType(), AddJson.class);
            long product = Fields.required("product_id", request.productId());
            int quantity = Fields.number("quantity", request.quantity(), 1, Carts.LARGEST_QUANTITY);
            return submit(call, new Add(caller(call), product, quantity), key);
        } catch (ProblemException invalid) {
            PublicAddress address = PublicAddress.of(call.context().request());
            return respond(
                    call,
                    carts.submit(new AddNothing(caller(call))),
                    outcome -> outcome instanceof CartOutcome.Counted
                            ? invalid.problem().answer(call.language())
                            : answer(outcome, call.language(), address, 201));
        }
    }

    @PATCH
    @Path("items/{id}")
    @SignedInUnderLock
    public Response changeQuantity(@Context RoutingContext context, @PathParam("id") String id, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        long line = PathId.of(id, ErrorCode.CART_LINE_NOT_FOUND);
        int quantity = Fields.number(
                "quantity",
                Json.read(body, call.contentType(), ChangeJson.class).quantity(),
                1,
                Carts.LARGEST_QUANTITY);
        return submit(call, new ChangeQuantity(caller(call), line, quantity), Optional.empty());
    }

    @DELETE
    @Path("items/{id}")
    @SignedInUnderLock
    public Response remove(@Context RoutingContext context, @PathParam("id") String id) {
        SignedInCall call = SignedInCall.of(context);
        long line = PathId.of(id, ErrorCode.CART_LINE_NOT_FOUND);
        return submit(call, new Remove(caller(call), line), Optional.empty());
    }

    @POST
    @Path("vaciar")
    @SignedInUnderLock
    public Response clear(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        return submit(call, new Clear(caller(call)), call.idempotencyKey(body));
    }

    private static CartRequest.Caller caller(SignedInCall call) {
        return new CartRequest.Caller(call.userId(), call.address(), call.userAgent());
    }

    private Response submit(SignedInCall call, CartRequest request, Optional<IdempotencyKey> key) {
        int done = request instanceof Add ? 201 : 200;
        PublicAddress address = PublicAddress.of(call.context().request()); // before the batch, which has others in it
        Function<CartOutcome, Answer> words = outcome -> answer(outcome, call.language(), address, done);
        return respond(call, carts.submit(request, Replies.keeping(key, words)), words);
    }

    private static Response respond(SignedInCall call, Reply<CartOutcome> reply, Function<CartOutcome, Answer> words) {
        if (reply instanceof Reply.Decided<CartOutcome>(CartOutcome.OverLimit _, var _)) {
            SECURITY.warning("límite de agregar excedido");
        }
        return Responses.of(Replies.answer(reply, call.language(), words));
    }

    private static Answer answer(CartOutcome outcome, Language language, PublicAddress address, int done) {
        return switch (outcome) {
            case CartOutcome.Changed changed ->
                new Answer(done, Json.write(CartJson.of(changed.cart(), address)), Map.of());
            case CartOutcome.QuantitiesSet set ->
                new Answer(done, Json.write(CartJson.of(set.cart(), address)), Map.of());
            case CartOutcome.NotEnough notEnough ->
                Problem.of(ErrorCode.NOT_ENOUGH_FOR_CART, Integer.toString(notEnough.available()))
                        .with("available", notEnough.available())
                        .with("requested", notEnough.requested())
                        .answer(language);
            case CartOutcome.OverUnitCap(int cap) ->
                Problem.of(ErrorCode.UNIT_CAP_FOR_CART, Integer.toString(cap))
                        .with("tope", cap)
                        .answer(language);
            case CartOutcome.NoSuchProduct _ ->
                Problem.of(ErrorCode.PRODUCT_NOT_FOUND).answer(language);
            case CartOutcome.NotForSale(String product) ->
                Problem.of(ErrorCode.NOT_FOR_SALE, product).answer(language);
            case CartOutcome.NoSuchLine _ ->
                Problem.of(ErrorCode.CART_LINE_NOT_FOUND).answer(language);
            case CartOutcome.CartFull _ ->
                Problem.of(ErrorCode.CART_FULL, Integer.toString(Carts.MOST_LINES))
                        .answer(language);
            case CartOutcome.OverLimit over -> Replies.problem(over.exceeded()).answer(language);
            case CartOutcome.UserGone _ -> Problem.of(ErrorCode.NOT_SIGNED_IN).answer(language);
            case CartOutcome.Counted _ ->
                throw new IllegalStateException("a request that does something was only counted");
        };
    }
}
