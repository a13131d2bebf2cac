package com.electroisla.cart.http;

import com.electroisla.Shop;
import com.electroisla.accounts.http.SignedIn;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.cart.CartChange;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartTransaction;
import com.electroisla.cart.Carts;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Fields;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.ProblemException;
import com.electroisla.http.server.Responses;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.limits.LimitResult;
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
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The cart: a wish list with prices, which reserves nothing. */
@Path("/api/carrito")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class CartResource {
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");
    private static final int LARGEST_QUANTITY = 999;

    private final Shop shop;

    @Inject
    CartResource(Shop shop) {
        this.shop = shop;
    }

    /** {@code null} components are missing fields. */
    record AddJson(@Nullable Long productId, @Nullable Integer quantity) {}

    record ChangeJson(@Nullable Integer quantity) {}

    @GET
    public Response view(@Context RoutingContext context) {
        SignedInCall call = SignedInCall.of(context);
        return run(call, Optional.empty(), change -> Answer.ok(CartJson.of(shop.carts().view(change))));
    }

    @POST
    @Path("agregar")
    public Response add(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        long product;
        int quantity;
        Optional<IdempotencyKey> key;
        try {
            key = call.idempotencyKey(body);
            AddJson request = Json.read(body, call.contentType(), AddJson.class);
            product = Fields.required("product_id", request.productId());
            quantity = Fields.number("quantity", request.quantity(), 1, LARGEST_QUANTITY);
        } catch (ProblemException invalid) {
            return run(call, Optional.empty(), change -> limited(change, call, () -> invalid.problem().answer(call.language())));
        }
        return run(call, key, change -> limited(change, call,
                () -> answer(shop.carts().add(change, product, quantity), call.language(), 201)));
    }

    @PATCH
    @Path("items/{id}")
    public Response changeQuantity(@Context RoutingContext context, @PathParam("id") String id, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        long line = PathId.of(id, ErrorCode.CART_LINE_NOT_FOUND);
        int quantity = Fields.number("quantity", Json.read(body, call.contentType(), ChangeJson.class).quantity(), 1, LARGEST_QUANTITY);
        return run(call, Optional.empty(), change -> answer(shop.carts().changeQuantity(change, line, quantity), call.language(), 200));
    }

    @DELETE
    @Path("items/{id}")
    public Response remove(@Context RoutingContext context, @PathParam("id") String id) {
        SignedInCall call = SignedInCall.of(context);
        long line = PathId.of(id, ErrorCode.CART_LINE_NOT_FOUND);
        return run(call, Optional.empty(), change -> answer(shop.carts().remove(change, line), call.language(), 200));
    }

    @POST
    @Path("vaciar")
    public Response clear(@Context RoutingContext context, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        return run(call, call.idempotencyKey(body), change -> answer(shop.carts().clear(change), call.language(), 200));
    }

    private Response run(SignedInCall call, Optional<IdempotencyKey> key, Function<CartChange, Answer> work) {
        var caller = new CartTransaction.Caller(call.userId(), call.address(), call.userAgent(), call.language());
        return Responses.of(shop.cartTransaction().run(caller, key, work));
    }

    /** Counts the request, and does the work only while the user is within the limit. */
    private Answer limited(CartChange change, SignedInCall call, Supplier<Answer> work) {
        return switch (shop.addLimit().count(change.handle(), Integer.toString(call.userId()), change.now())) {
            case LimitResult.Allowed _ -> work.get();
            case LimitResult.Exceeded exceeded -> {
                SECURITY.warning("límite de agregar excedido");
                yield exceeded.problem().answer(call.language());
            }
        };
    }

    private static Answer answer(CartOutcome outcome, Language language, int status) {
        return switch (outcome) {
            case CartOutcome.Changed changed -> new Answer(status, Json.write(CartJson.of(changed.cart())), Map.of());
            case CartOutcome.NotEnough notEnough -> Problem.of(ErrorCode.NOT_ENOUGH_FOR_CART, Integer.toString(notEnough.available()))
                    .with("available", notEnough.available())
                    .with("requested", notEnough.requested())
                    .answer(language);
            case CartOutcome.NoSuchProduct _ -> Problem.of(ErrorCode.PRODUCT_NOT_FOUND).answer(language);
            case CartOutcome.NoSuchLine _ -> Problem.of(ErrorCode.CART_LINE_NOT_FOUND).answer(language);
            case CartOutcome.CartFull _ -> Problem.of(ErrorCode.CART_FULL, Integer.toString(Carts.MOST_LINES)).answer(language);
        };
    }
}
