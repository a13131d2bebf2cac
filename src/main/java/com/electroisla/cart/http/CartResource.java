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
import com.electroisla.http.PathId;
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
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The cart: a wish list with prices, which reserves nothing. */
@Path("/api/carrito")
@RequestScoped
@RunOnVirtualThread
public class CartResource {
    private final Carts carts;

    @Inject
    CartResource(Carts carts) {
        this.carts = carts;
    }

    /** {@code null} components are missing fields. */
    record ChangeJson(@Nullable Integer quantity) {}

    @GET
    @SignedIn
    public Response view(@Context RoutingContext context) {
        SignedInCall call = SignedInCall.of(context);
        return carts.find(call.userId())
                .map(cart -> Responses.of(Answer.ok(CartJson.of(cart, PublicAddress.of(context.request())))))
                .orElseGet(() -> submit(call, new View(CartAnswers.caller(call)), Optional.empty()));
    }

    @POST
    @Path("agregar")
    @SignedInUnderLock
    public Response add(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        try {
            Optional<IdempotencyKey> key = call.idempotencyKey(body);
            return submit(call, CartAnswers.add(call, body), key);
        } catch (ProblemException invalid) {
            var words = CartAnswers.of(call, 201);
            return respond(
                    call,
                    carts.submit(new AddNothing(CartAnswers.caller(call))),
                    outcome -> outcome instanceof CartOutcome.Counted
                            ? invalid.problem().answer(call.language())
                            : words.sent(outcome));
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
        return submit(call, new ChangeQuantity(CartAnswers.caller(call), line, quantity), Optional.empty());
    }

    @DELETE
    @Path("items/{id}")
    @SignedInUnderLock
    public Response remove(@Context RoutingContext context, @PathParam("id") String id) {
        SignedInCall call = SignedInCall.of(context);
        long line = PathId.of(id, ErrorCode.CART_LINE_NOT_FOUND);
        return submit(call, new Remove(CartAnswers.caller(call), line), Optional.empty());
    }

    @POST
    @Path("vaciar")
    @SignedInUnderLock
    public Response clear(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        return submit(call, new Clear(CartAnswers.caller(call)), call.idempotencyKey(body));
    }

    private Response submit(SignedInCall call, CartRequest request, Optional<IdempotencyKey> key) {
        var words = CartAnswers.of(call, request instanceof Add ? 201 : 200);
        return respond(call, carts.submit(request, Replies.keeping(key, words::answer)), words::sent);
    }

    private static Response respond(SignedInCall call, Reply<CartOutcome> reply, Function<CartOutcome, Answer> words) {
        return Responses.of(Replies.answer(reply, call.language(), words));
    }
}
