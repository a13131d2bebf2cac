package com.electroisla.cart.http;

import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.CartRequest.Add;
import com.electroisla.cart.Carts;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Fields;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.http.ProblemException;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Replies;
import java.util.Map;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The contract's answers to changes of the cart.
 *
 * @param address of the site, as the caller named it: an answer is made in a batch that has others in it
 * @param done the status of a change
 */
record CartAnswers(Language language, PublicAddress address, int done) {
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");

    /** {@code null} components are missing fields. */
    record AddJson(@Nullable Long productId, @Nullable Integer quantity) {}

    static CartAnswers of(SignedInCall call, int done) {
        return new CartAnswers(call.language(), PublicAddress.of(call.context().request()), done);
    }

    static CartRequest.Caller caller(SignedInCall call) {
        return new CartRequest.Caller(call.userId(), call.address(), call.userAgent());
    }

    /**
     * The request of a body.
     *
     * @throws ProblemException for an unfit one
     */
    static Add add(SignedInCall call, byte[] body) {
        AddJson request = Json.read(body, call.contentType(), AddJson.class);
        long product = Fields.required("product_id", request.productId());
        int quantity = Fields.number("quantity", request.quantity(), 1, Carts.LARGEST_QUANTITY);
        return new Add(caller(call), product, quantity);
    }

    /** The answer that is sent, once; a refusal by a limit is logged with the request that met it. */
    Answer sent(CartOutcome outcome) {
        if (outcome instanceof CartOutcome.OverLimit) {
            SECURITY.warning("límite de agregar excedido");
        }
        return answer(outcome);
    }

    Answer answer(CartOutcome outcome) {
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
