package com.electroisla.shopfront.http;

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
import com.electroisla.pages.Words;
import com.electroisla.pages.http.Visit;
import com.electroisla.shopfront.CancelOrder;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.List;

/** The common part of the shop's resources: the visit, the buyer, and the frame with its links. */
record Front(Visit visit, ClientInfo client, boolean reads, Carts carts, String home) {
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
     * @param carts for the number of units in the buyer's cart
     * @param home the page for a buyer who had to sign in again before a form, whose own address shows no page
     */
    static Front of(RoutingContext context, Carts carts, String home) {
        return new Front(
                Visit.of(context), ClientInfo.of(context), context.request().method() == HttpMethod.GET, carts, home);
    }

    /** The signed-in user; everybody else is sent to sign in first. */
    Visitor who() {
        if (!reads && visit.visitor().isEmpty()) {
            throw new WebApplicationException(visit.goTo(SIGN_IN + "?next=" + home));
        }
        return visit.signedIn(SIGN_IN);
    }

    CartRequest.Caller caller() {
        return new CartRequest.Caller(who().userId(), client.address().getHostAddress(), client.userAgent());
    }

    /** The one-time key of a form of this page. */
    IdempotencyKey once(Form form) {
        return once(form, "");
    }

    /** @param thing the form's object, if the page's address does not contain it */
    IdempotencyKey once(Form form, String thing) {
        return visit.once(who(), form, thing);
    }

    /** The same for a form with passwords or codes, of which nothing may be kept. */
    IdempotencyKey onceWithout(Form form, String... secrets) {
        return visit.once(who(), form, "", secrets);
    }

    CancelOrder.Buyer buyer() {
        return new CancelOrder.Buyer(who().userId(), visit.language().locale());
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
        return visit.frame(AREA, title, links(part));
    }

    /** A frame titled with the name of one object. */
    Frame named(Part part, String name) {
        return visit.named(AREA, name, links(part));
    }

    private List<Frame.Link> links(Part current) {
        List<Frame.Link> links = new ArrayList<>();
        links.add(new Frame.Link("/", text("catalogo"), "", current == Part.CATALOG));
        visit.visitor().ifPresent(who -> {
            int units = carts.find(who.userId()).map(Cart::totalUnits).orElse(0);
            links.add(new Frame.Link(
                    "/carrito/", units == 0 ? text("carrito") : text("carrito_con", units), "", current == Part.CART));
            links.add(new Frame.Link("/reserva/", text("enlace_reserva"), "", current == Part.CHECKOUT));
            links.add(new Frame.Link("/pedidos/", text("enlace_pedidos"), "", current == Part.ORDERS));
        });
        return links;
    }
}
