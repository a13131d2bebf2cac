package com.electroisla.shopfront.http;

import com.electroisla.cart.CartRequest;
import com.electroisla.cart.Carts;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.server.Replies;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.Keeping;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.payment.PaymentState;
import com.electroisla.purchase.AskProviders;
import com.electroisla.purchase.Begun;
import com.electroisla.purchase.Purchases;
import com.electroisla.purchase.Seen;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import com.electroisla.reservation.Reservations;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.PaymentView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** A buyer's payment through a provider: on the way to its page, back from it, given up. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/pagos")
public class PaymentPages {
    private static final String HERE = "/pagos/";
    private static final String YES = "si";

    private final Front front;
    private final Purchases purchases;
    private final AskProviders questions;
    private final Reservations reservations;
    private final ReservationHistory history;

    @Inject
    PaymentPages(
            RoutingContext context,
            Carts carts,
            GuestBuyers guests,
            Purchases purchases,
            AskProviders questions,
            Reservations reservations,
            ReservationHistory history) {
        this.front = Front.of(context, carts, guests, "/pedidos/");
        this.purchases = purchases;
        this.questions = questions;
        this.reservations = reservations;
        this.history = history;
    }

    /** The address of a payment's page. */
    static String at(long payment) {
        return HERE + payment + "/";
    }

    /** The same, from which the buyer is taken on to the provider's. */
    static String onTheWay(long payment) {
        return at(payment) + "?ir=" + YES;
    }

    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id) {
        int user = front.userId();
        long payment = PathId.of(id, ErrorCode.PAYMENT_NOT_FOUND);
        if (is("vuelta")) {
            questions.aboutOne(user, payment);
        }
        Seen seen = purchases.look(user, payment).orElseThrow(front.visit()::notFound);
        if (seen.state() == PaymentState.PAID && front.guest().isPresent()) {
            front.guests().noLongerHolds(user);
        }
        boolean held = seen.state() == PaymentState.REFUSED
                && history.lastCheckout(user).isLive();
        PaymentView view = PaymentView.of(seen, held, front.words());
        String url = view.alive() && is("ir") ? view.url() : null;
        if (url != null && url.startsWith(front.shop() + HERE)) {
            return front.visit().goTo(url.substring(front.shop().toString().length()));
        }
        if (front.visit().isPart()) {
            return front.visit().page(FrontTemplates.paymentState(frame(payment), view));
        }
        Response page = front.visit().page(FrontTemplates.payment(frame(payment), view));
        // A redirect after a form would be refused by the page's own policy, which lets forms lead nowhere else.
        return url == null
                ? page
                : Response.fromResponse(page).header("Refresh", "0; url=" + url).build();
    }

    private Frame frame(long payment) {
        return front.named(Front.Part.ORDERS, front.text("pago_numero", payment));
    }

    private boolean is(String name) {
        return YES.equals(front.visit().query().get(name));
    }

    /** Asks the provider for its page once more, because it did not answer before. */
    @POST
    @Path("{id}/seguir")
    public Response goOn(@PathParam("id") String id) {
        int user = front.userId();
        long payment = PathId.of(id, ErrorCode.PAYMENT_NOT_FOUND);
        Optional<Begun> begun = purchases.goOn(user, payment, front.shop());
        if (begun.isEmpty()) {
            return front.visit().gone("/pedidos/");
        }
        return begun.get() instanceof Begun.Started
                ? front.visit().goTo(onTheWay(payment))
                : front.visit().goTo(at(payment), Notice.problem(front.text("pago_no_contesta")));
    }

    @POST
    @Path("{id}/cancelar")
    public Response cancel(@PathParam("id") String id) {
        return cancelled(id, payment -> {
            if (front.guest().isPresent()) {
                front.guests().noLongerHolds(front.userId());
            }
            return front.visit().goTo(at(payment), Notice.done(front.text("pago_ya_cancelado")));
        });
    }

    /** Gives the payment up and holds the cart anew, for another way to pay. */
    @POST
    @Path("{id}/otra-forma")
    public Response payOtherwise(@PathParam("id") String id) {
        return cancelled(id, _ -> {
            CartRequest.Caller caller = front.caller();
            var again = new ReserveCart(caller.userId(), caller.address(), caller.userAgent());
            return reservations.submit(again)
                            instanceof Reply.Decided<ReservationOutcome>(ReservationOutcome.Reserved _, var _)
                    ? front.visit().goTo("/reserva/")
                    : front.visit().goTo(CartPages.HERE, Notice.problem(front.text("pago_ya_cancelado")));
        });
    }

    private interface Then {
        Response of(long payment);
    }

    private Response cancelled(String id, Then then) {
        int user = front.userId();
        long payment = PathId.of(id, ErrorCode.PAYMENT_NOT_FOUND);
        Keeping<ReservationOutcome> keeping = Keeping.onlyThatItWasDone(
                front.once(front.visit().form()), ReservationOutcome.PaymentCancelled.class::isInstance);
        return switch (purchases.cancel(user, payment, Optional.of(keeping))) {
            case Reply.Decided<ReservationOutcome>(ReservationOutcome.PaymentCancelled _, var _) -> then.of(payment);
            case Reply.Decided<ReservationOutcome>(ReservationOutcome.PaymentAlreadyPaid _, var _) ->
                front.visit().goTo(at(payment), Notice.problem(front.text("pago_ya_hecho")));
            case Reply.Decided<ReservationOutcome> _ -> front.visit().gone("/pedidos/");
            case Reply.Kept<ReservationOutcome> _ -> front.visit().goTo(at(payment), new Applied.Before<>(true, ""));
            case Reply.KeyReused<ReservationOutcome> _ ->
                front.visit().goTo(at(payment), new Applied.Before<>(false, ""));
            case Reply.NoOutcome<ReservationOutcome> none ->
                front.visit().goTo(at(payment), Notice.problem(front.message(Replies.problem(none))));
        };
    }
}
