package com.electroisla.shopfront.http;

import com.electroisla.accounts.Guest;
import com.electroisla.accounts.Guests;
import com.electroisla.cart.Cart;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.Carts;
import com.electroisla.catalog.Product;
import com.electroisla.catalog.Products;
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
import com.electroisla.payment.Payment;
import com.electroisla.purchase.Purchases;
import com.electroisla.reservation.history.CheckoutHolds;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.shopfront.CartView;
import com.electroisla.shopfront.GuestBuyers;
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
    private final Purchases purchases;
    private final Products products;

    @Inject
    CartPages(
            RoutingContext context,
            Carts carts,
            GuestBuyers guests,
            ReservationHistory history,
            Purchases purchases,
            Products products) {
        this.front = Front.of(context, carts, guests, HERE);
        this.carts = carts;
        this.history = history;
        this.purchases = purchases;
        this.products = products;
    }

    @GET
    public Response cart() {
        CartView view = front.user()
                .flatMap(user -> carts.find(user).map(cart -> view(user, cart)))
                .orElseGet(CartView::empty);
        return front.visit()
                .page(FrontTemplates.cart(front.frame(Front.Part.CART, "carrito"), view, GuestForm.of(front)));
    }

    private CartView view(int user, Cart cart) {
        return CartView.of(cart, List.of(), held(user, history, purchases));
    }

    /** Whether the buyer holds units, and which payment keeps them. */
    static CartView.Held held(int user, ReservationHistory history, Purchases purchases) {
        CheckoutHolds holds = history.lastCheckout(user);
        return holds.isLive()
                ? new CartView.Held(
                        true,
                        purchases.underWay(user, holds.now()).map(Payment::id).orElse(null))
                : CartView.Held.NOTHING;
    }

    @POST
    @Path("agregar")
    public Response add() {
        Form form = front.visit().form();
        Integer quantity = form.number("cantidad");
        if (quantity == null || quantity < 1 || quantity > Carts.LARGEST_QUANTITY) {
            return addNothing(form);
        }
        long product = PathId.of(form.text("producto"), ErrorCode.PRODUCT_NOT_FOUND);
        return front.user().isPresent() ? add(front, product, quantity, form) : begin(product, quantity, form);
    }

    private Response addNothing(Form form) {
        return front.user().isEmpty()
                ? front.visit().goTo(HERE, unfitQuantity())
                : submit(
                        new CartRequest.AddNothing(front.caller()),
                        front.once(form, "/" + form.text("producto")),
                        front.text("agregado"));
    }

    private Response add(Front buyer, long product, int quantity, Form form) {
        return submit(
                new CartRequest.Add(buyer.caller(), product, quantity),
                buyer.once(form, "/" + form.text("producto")),
                front.text("agregado"));
    }

    /**
     * Begins a guest's cart with its first product. One that cannot be added makes no guest; after too many from one
     * address the next is asked to sign in, and comes back to the product.
     */
    private Response begin(long product, int quantity, Form form) {
        Optional<Integer> available = products.find(product).map(Product::stockAvailable);
        if (available.isEmpty()) {
            return front.visit().goTo(HERE, problem(Problem.of(ErrorCode.PRODUCT_NOT_FOUND)));
        }
        if (available.get() < quantity) {
            return front.visit().goTo(HERE, notEnough(available.get()));
        }
        String token = front.visit().newGuestToken();
        return switch (front.guests().begin(token, front.visit().client())) {
            case Guests.Begun.Opened(Guest guest) -> {
                front.visit().keepGuest(token);
                yield add(front.as(guest), product, quantity, form);
            }
            case Guests.Begun.TooMany _ ->
                front.visit()
                        .goTo(
                                "/entrar/?next=%2Fproductos%2F" + product + "%2F%3Fcantidad%3D" + quantity,
                                Notice.problem(front.text("muchos_invitados")));
        };
    }

    @POST
    @Path("lineas/{id}")
    public Response change(@PathParam("id") String id) {
        CartRequest.Caller caller = front.caller();
        Form form = front.visit().form();
        Integer quantity = form.number("cantidad");
        if (quantity == null || quantity < 1 || quantity > Carts.LARGEST_QUANTITY) {
            return front.visit().goTo(HERE, unfitQuantity());
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
            case CartOutcome.NotEnough enough -> notEnough(enough.available());
            case CartOutcome.OverUnitCap(int cap) ->
                problem(Problem.of(ErrorCode.UNIT_CAP_FOR_CART, Integer.toString(cap)));
            case CartOutcome.NoSuchProduct _ -> problem(Problem.of(ErrorCode.PRODUCT_NOT_FOUND));
            case CartOutcome.NotForSale(String product) -> problem(Problem.of(ErrorCode.NOT_FOR_SALE, product));
            case CartOutcome.NoSuchLine _ -> problem(Problem.of(ErrorCode.CART_LINE_NOT_FOUND));
            case CartOutcome.CartFull _ -> problem(Problem.of(ErrorCode.CART_FULL, Integer.toString(Carts.MOST_LINES)));
            case CartOutcome.OverLimit over -> problem(Replies.problem(over.exceeded()));
            case CartOutcome.UserGone _ -> problem(Problem.of(ErrorCode.NOT_SIGNED_IN));
            case CartOutcome.Counted _ -> unfitQuantity();
        };
    }

    private Notice notEnough(int available) {
        return Notice.problem(available <= 0 ? front.text("se_agoto") : front.text("solo_quedan", available));
    }

    private Notice unfitQuantity() {
        return Notice.problem(front.text("cantidad_rara", Carts.LARGEST_QUANTITY));
    }

    private Notice problem(Problem problem) {
        return Notice.problem(problem.message(front.visit().language()));
    }
}
