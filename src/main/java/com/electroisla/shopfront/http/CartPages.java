package com.electroisla.shopfront.http;

import com.electroisla.cart.Cart;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.Carts;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.shopfront.CartView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** The cart: a wish list, which holds no stock. Every change leads back to it with a message. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/carrito")
public class CartPages {
    static final String HERE = "/carrito/";

    private final Front front;
    private final Carts carts;
    private final ReservationHistory history;

    @Inject
    CartPages(RoutingContext context, Carts carts, ReservationHistory history) {
        this.front = Front.of(context, carts, HERE);
        this.carts = carts;
        this.history = history;
    }

    @GET
    public Response cart() {
        int user = front.who().userId();
        boolean held = history.lastCheckout(user).isLive();
        CartView view =
                carts.find(user).map(cart -> CartView.of(cart, List.of(), held)).orElseGet(CartView::empty);
        return front.visit().page(FrontTemplates.cart(front.frame(Front.Part.CART, "carrito"), view));
    }

    @POST
    @Path("agregar")
    public Response add() {
        CartRequest.Caller caller = front.caller();
        Form form = front.visit().form();
        Integer quantity = form.number("cantidad");
        CartRequest request = quantity != null && quantity >= 1 && quantity <= Carts.LARGEST_QUANTITY
                ? new CartRequest.Add(caller, PathId.of(form.text("producto"), ErrorCode.PRODUCT_NOT_FOUND), quantity)
                : new CartRequest.AddNothing(caller);
        return submit(request, front.once(form, "/" + form.text("producto")), front.text("agregado"));
    }

    @POST
    @Path("lineas/{id}")
    public Response change(@PathParam("id") String id) {
        CartRequest.Caller caller = front.caller();
        Form form = front.visit().form();
        Integer quantity = form.number("cantidad");
        if (quantity == null || quantity < 1 || quantity > Carts.LARGEST_QUANTITY) {
            return front.visit().goTo(HERE, Notice.problem(front.text("cantidad_rara", Carts.LARGEST_QUANTITY)));
        }
        return submit(
                new CartRequest.ChangeQuantity(caller, line(id), quantity),
                front.once(form),
                front.text("cantidad_cambiada"));
    }

    @POST
    @Path("lineas/{id}/quitar")
    public Response remove(@PathParam("id") String id) {
        return submit(
                new CartRequest.Remove(front.caller(), line(id)),
                front.once(front.visit().form()),
                front.text("quitado"));
    }

    @POST
    @Path("vaciar")
    public Response clear() {
        return submit(
                new CartRequest.Clear(front.caller()), front.once(front.visit().form()), front.text("vaciado"));
    }

    private static long line(String id) {
        return PathId.of(id, ErrorCode.CART_LINE_NOT_FOUND);
    }

    private Response submit(CartRequest request, IdempotencyKey form, String done) {
        Keeping<CartOutcome> keeping = Keeping.onlyThatItWasDone(form, CartOutcome.Changed.class::isInstance);
        return switch (carts.submit(request, Optional.of(keeping))) {
            case Reply.Decided<CartOutcome>(CartOutcome.NoSuchLine _, var _) ->
                front.visit().gone(HERE);
            case Reply.Decided<CartOutcome>(CartOutcome outcome, var _) ->
                front.visit().goTo(HERE, notice(outcome, done));
            case Reply.Kept<CartOutcome> _ -> front.visit().goTo(HERE, new Applied.Before<>(true, ""));
            case Reply.KeyReused<CartOutcome> _ -> front.visit().goTo(HERE, new Applied.Before<>(false, ""));
            case Reply.NoOutcome<CartOutcome> none -> front.visit().goTo(HERE, problem(Replies.problem(none)));
        };
    }

    private Notice notice(CartOutcome outcome, String done) {
        return switch (outcome) {
            case CartOutcome.Changed(Cart _) -> Notice.done(done);
            case CartOutcome.QuantitiesSet _ -> Notice.done(done);
            case CartOutcome.NotEnough enough ->
                Notice.problem(
                        enough.available() <= 0
                                ? front.text("se_agoto")
                                : front.text("solo_quedan", enough.available()));
            case CartOutcome.NoSuchProduct _ -> problem(Problem.of(ErrorCode.PRODUCT_NOT_FOUND));
            case CartOutcome.NotForSale(String product) -> problem(Problem.of(ErrorCode.NOT_FOR_SALE, product));
            case CartOutcome.NoSuchLine _ -> problem(Problem.of(ErrorCode.CART_LINE_NOT_FOUND));
            case CartOutcome.CartFull _ -> problem(Problem.of(ErrorCode.CART_FULL, Integer.toString(Carts.MOST_LINES)));
            case CartOutcome.OverLimit over -> problem(Replies.problem(over.exceeded()));
            case CartOutcome.UserGone _ -> problem(Problem.of(ErrorCode.NOT_SIGNED_IN));
            case CartOutcome.Counted _ -> Notice.problem(front.text("cantidad_rara", Carts.LARGEST_QUANTITY));
        };
    }

    private Notice problem(Problem problem) {
        return Notice.problem(problem.message(front.visit().language()));
    }
}
