package com.electroisla.shopfront.http;

import com.electroisla.accounts.Guest;
import com.electroisla.accounts.GuestCookie;
import com.electroisla.accounts.Unfit;
import com.electroisla.accounts.Visitor;
import com.electroisla.cart.Cart;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.Carts;
import com.electroisla.http.Problem;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.pages.Form;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Notice;
import com.electroisla.pages.Words;
import com.electroisla.pages.http.Visit;
import com.electroisla.shopfront.CancelOrder;
import com.electroisla.shopfront.GuestBuyers;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The common part of the shop's resources: the visit, the buyer, and the frame with its links. The buyer is the
 * signed-in user, else the guest of the browser's cart.
 *
 * @param guest empty for a signed-in user, and for a browser without a cart
 */
record Front(
        Visit visit,
        ClientInfo client,
        boolean reads,
        Carts carts,
        GuestBuyers guests,
        Optional<Guest> guest,
        String home) {
    static final String AREA = "shopfront";
    private static final String SIGN_IN = "/entrar/";

    /** The page's place in the shop's links. */
    enum Part {
        CATALOG,
        CART,
        CHECKOUT,
        ORDERS,
        /** Linked by the user's name. */
        ACCOUNT
    }

    /**
     * The front of this request. If the browser comes with a guest's cart and its user has signed in, the cart is the
     * user's from the first page on, which says so.
     *
     * @param carts for the number of units in the buyer's cart
     * @param home the page for a buyer who had to sign in again before a form, whose own address shows no page
     */
    static Front of(RoutingContext context, Carts carts, GuestBuyers guests, String home) {
        Visit visit = Visit.of(context);
        boolean reads = context.request().method() == HttpMethod.GET;
        Optional<GuestCookie> cookie = visit.guestCookie();
        Optional<Guest> guest = visit.visitor().isPresent() ? Optional.empty() : cookie.flatMap(guests::find);
        guest.flatMap(Guest::cookie).ifPresent(visit::keepGuest);
        Front front = new Front(visit, ClientInfo.of(context), reads, carts, guests, guest, home);
        if (reads && visit.visitor().isPresent()) {
            cookie.ifPresent(front::join);
        }
        return front;
    }

    private void join(GuestCookie cookie) {
        guests.join(cookie, caller())
                .filter(joined -> !joined.isEmpty())
                .ifPresent(joined -> visit.tell(notice(joined)));
        visit.forgetGuest();
    }

    private Notice notice(GuestBuyers.Joined joined) {
        List<String> parts = new ArrayList<>();
        if (!joined.cart().whole().isEmpty()) {
            parts.add(text("traido", String.join(", ", joined.cart().whole())));
        }
        if (!joined.cart().cut().isEmpty()) {
            parts.add(text("traido_en_parte", String.join(", ", joined.cart().cut())));
        }
        if (joined.held()) {
            parts.add(text("reserva_traida"));
        }
        return Notice.done(String.join(" ", parts));
    }

    /** The same for a guest who has just got a cart. */
    Front as(Guest newGuest) {
        return new Front(visit, client, reads, carts, guests, Optional.of(newGuest), home);
    }

    /** The buyer, if there is one. */
    Optional<Integer> user() {
        return visit.visitor().map(Visitor::userId).or(() -> guest.map(Guest::userId));
    }

    /** The buyer; everybody else is sent to sign in first. */
    int userId() {
        return user().orElseGet(() -> who().userId());
    }

    /** The signed-in user; everybody else, a guest too, is sent to sign in first. */
    Visitor who() {
        if (!reads && visit.visitor().isEmpty()) {
            throw new WebApplicationException(visit.goTo(SIGN_IN + "?next=" + home));
        }
        return visit.signedIn(SIGN_IN);
    }

    CartRequest.Caller caller() {
        return caller(userId());
    }

    CartRequest.Caller caller(int user) {
        return new CartRequest.Caller(user, client.address().getHostAddress(), client.userAgent());
    }

    /** The one-time key of a form of this page. */
    IdempotencyKey once(Form form) {
        return once(form, "");
    }

    /** @param thing the form's object, if the page's address does not contain it */
    IdempotencyKey once(Form form, String thing) {
        return visit.once(userId(), form, thing);
    }

    /** The same for a form with passwords or codes, of which nothing may be kept. */
    IdempotencyKey onceWithout(Form form, String... secrets) {
        return visit.once(userId(), form, "", secrets);
    }

    /** The shop's address, for whoever sends the buyer back. */
    URI shop() {
        return visit.site();
    }

    CancelOrder.Buyer buyer() {
        return new CancelOrder.Buyer(userId(), visit.language().locale());
    }

    Words words() {
        return visit.words(AREA);
    }

    String text(String key, Object... arguments) {
        return words().text(key, arguments);
    }

    String message(Problem problem) {
        return problem.message(visit.language());
    }

    String message(Unfit unfit) {
        return message(Problem.invalidField(
                unfit.field(), unfit.reason(), unfit.bounds().toArray()));
    }

    /** @param title a key of the shop's bundle */
    Frame frame(Part part, String title) {
        return named(part, text(title));
    }

    /** A frame titled with the name of one object. The answer to a form has the links of the page that it was on. */
    Frame named(Part part, String name) {
        Frame frame = visit.named(AREA, name, links(part));
        return reads ? frame : Visit.at(frame, home);
    }

    private List<Frame.Link> links(Part current) {
        List<Frame.Link> links = new ArrayList<>();
        links.add(new Frame.Link("/", text("catalogo"), "", current == Part.CATALOG));
        int units = user().flatMap(carts::find).map(Cart::totalUnits).orElse(0);
        links.add(new Frame.Link(
                "/carrito/", units == 0 ? text("carrito") : text("carrito_con", units), "", current == Part.CART));
        if (user().isPresent()) {
            links.add(new Frame.Link("/reserva/", text("enlace_reserva"), "", current == Part.CHECKOUT));
            links.add(new Frame.Link("/pedidos/", text("enlace_pedidos"), "", current == Part.ORDERS));
        }
        return links;
    }
}
