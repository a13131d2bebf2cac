package com.electroisla.shopfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Addresses;
import com.electroisla.accounts.Guest;
import com.electroisla.accounts.GuestCookie;
import com.electroisla.accounts.Unfit;
import com.electroisla.accounts.WebSessions;
import com.electroisla.cart.Cart;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.Carts;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.pages.Form;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.pages.http.Visit;
import com.electroisla.payment.Payment;
import com.electroisla.payment.provider.OfferedMethods;
import com.electroisla.purchase.Purchases;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.reservation.Reservations;
import com.electroisla.reservation.history.CheckoutHolds;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.shopfront.CancelOrder;
import com.electroisla.shopfront.CartView;
import com.electroisla.shopfront.CheckoutView;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.PayOrder;
import com.electroisla.shopfront.PaymentForm;
import com.electroisla.shopfront.PaymentOutcome;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the cart to the order: the holds, their remaining time, and the payment. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/reserva")
public class CheckoutPages {
    private static final String HERE = "/reserva/";

    private final Front front;
    private final Carts carts;
    private final Reservations reservations;
    private final ReservationHistory history;
    private final PayOrder payment;
    private final Purchases purchases;
    private final OfferedMethods offered;
    private final Addresses addresses;

    @Inject
    CheckoutPages(
            RoutingContext context,
            Carts carts,
            GuestBuyers guests,
            Reservations reservations,
            ReservationHistory history,
            PayOrder payment,
            Purchases purchases,
            OfferedMethods offered,
            Accounts accounts) {
        this.front = Front.of(context, carts, guests, HERE);
        this.carts = carts;
        this.reservations = reservations;
        this.history = history;
        this.payment = payment;
        this.purchases = purchases;
        this.offered = offered;
        this.addresses = accounts.addresses();
    }

    @GET
    public Response checkout() {
        int user = front.userId();
        String key = WebSessions.randomToken();
        PaymentForm form = addresses
                .suggested(user)
                .map(likely -> PaymentForm.of(likely, key))
                .orElseGet(() -> PaymentForm.empty(key));
        return show(200, form, "");
    }

    /** Holds everything in the cart, or nothing, and then says which units are missing. */
    @POST
    public Response reserve() {
        front.userId();
        return front.guest().isPresent()
                ? introduced(front.guest().get(), front.visit().form())
                : reserve(front.caller());
    }

    /** A guest says first to whom the receipt is written. */
    private Response introduced(Guest guest, Form sent) {
        GuestCookie cookie = front.visit().guestCookie().orElseThrow();
        var typed = new GuestBuyers.Introduction(
                sent.text(GuestForm.NAME),
                sent.text(GuestForm.EMAIL),
                front.visit().language().locale(),
                front.visit().client());
        return switch (front.guests()
                .introduce(guest, cookie, typed, front.client().userAgent())) {
            case GuestBuyers.Introduced.Ready(int user, String token) -> {
                front.visit().keepGuest(token);
                yield reserve(front.caller(user));
            }
            case GuestBuyers.Introduced.Invalid(Unfit unfit) ->
                ask(
                        400,
                        GuestForm.refused(
                                sent,
                                message(Problem.invalidField(
                                        unfit.field(),
                                        unfit.reason(),
                                        unfit.bounds().toArray()))));
            case GuestBuyers.Introduced.TooMany() ->
                ask(429, GuestForm.refused(sent, front.text("muchas_reservas_de_invitados")));
            case GuestBuyers.Introduced.Gone() -> front.visit().gone(CartPages.HERE);
        };
    }

    private Response ask(int status, GuestForm form) {
        CartView view = carts.find(front.userId())
                .map(cart -> CartView.of(cart, List.of(), CartPages.held(front.userId(), history, purchases)))
                .orElseGet(CartView::empty);
        Frame frame = Visit.at(front.frame(Front.Part.CART, "carrito"), CartPages.HERE);
        return front.visit().page(status, FrontTemplates.cart(frame, view, form));
    }

    private Response reserve(CartRequest.Caller caller) {
        var request = new ReservationRequest.ReserveCart(caller.userId(), caller.address(), caller.userAgent());
        IdempotencyKey form = front.visit().once(caller.userId(), front.visit().form(), "");
        Keeping<ReservationOutcome> keeping =
                Keeping.onlyThatItWasDone(form, ReservationOutcome.Reserved.class::isInstance);
        return switch (reservations.submit(request, Optional.of(keeping))) {
            case Reply.Decided<ReservationOutcome>(ReservationOutcome outcome, var _) -> {
                if (!(outcome instanceof ReservationOutcome.Reserved)
                        && !history.lastCheckout(caller.userId()).isLive()) {
                    noLongerHolds(caller.userId());
                }
                yield reserved(caller.userId(), outcome);
            }
            case Reply.Kept<ReservationOutcome> _ -> front.visit().goTo(HERE, new Applied.Before<>(true, ""));
            case Reply.KeyReused<ReservationOutcome> _ -> front.visit().goTo(HERE, new Applied.Before<>(false, ""));
            case Reply.NoOutcome<ReservationOutcome> none -> refused(Replies.problem(none));
        };
    }

    /** A guest's place among those of the same network or address is free again. */
    private void noLongerHolds(int user) {
        if (front.guest().isPresent()) {
            front.guests().noLongerHolds(user);
        }
    }

    private Response reserved(int user, ReservationOutcome outcome) {
        return switch (outcome) {
            case ReservationOutcome.Reserved reserved -> front.visit().goTo(HERE, reservedNotice(reserved));
            case ReservationOutcome.NotEnoughStock refused -> lacking(user, refused);
            case ReservationOutcome.NotForSale unsaleable ->
                refused(Problem.of(ErrorCode.NOT_FOR_SALE, unsaleable.names()));
            case ReservationOutcome.AmountTooLarge _ -> refused(Problem.of(ErrorCode.AMOUNT_TOO_LARGE));
            case ReservationOutcome.UserGone _ -> refused(Problem.of(ErrorCode.NOT_SIGNED_IN));
            case ReservationOutcome.CartEmpty _ -> refused(Problem.of(ErrorCode.CART_EMPTY));
            case ReservationOutcome.PaymentUnderWay(long under) -> underWay(under);
            case ReservationOutcome.TooManyUnits(String product, int cap) ->
                refused(Problem.of(ErrorCode.TOO_MANY_UNITS_TO_HOLD, product, Integer.toString(cap)));
            case ReservationOutcome.Cancelled _,
                    ReservationOutcome.NothingToCancel _,
                    ReservationOutcome.Ordered _,
                    ReservationOutcome.HoldsExpired _,
                    ReservationOutcome.UnitsMissing _,
                    ReservationOutcome.NotAgreed _,
                    ReservationOutcome.OfPayment _ -> throw new IllegalStateException("no answer to a checkout");
        };
    }

    private Response underWay(long payment) {
        return front.visit().goTo(PaymentPages.at(payment), Notice.problem(front.text("pago_en_curso")));
    }

    private Notice reservedNotice(ReservationOutcome.Reserved reserved) {
        return reserved.priceChanges().isEmpty()
                ? Notice.done(front.text("reservado", front.visit().holdTime()))
                : Notice.done(front.text(
                        "reservado_otro_precio",
                        String.join(
                                ", ",
                                reserved.priceChanges().stream()
                                        .map(ReservationOutcome.PriceChange::product)
                                        .toList())));
    }

    private Response lacking(int user, ReservationOutcome.NotEnoughStock refused) {
        CartView.Held held = CartPages.held(user, history, purchases);
        Cart cart = carts.find(user).orElseThrow();
        Frame frame = Visit.saying(front.frame(Front.Part.CART, "carrito"), Notice.problem(front.text("no_alcanza")));
        return front.visit()
                .page(
                        409,
                        FrontTemplates.cart(
                                frame, CartView.of(cart, refused.shortages(), held), GuestForm.again(front)));
    }

    private Response refused(Problem problem) {
        return front.visit().goTo(CartPages.HERE, Notice.problem(message(problem)));
    }

    @POST
    @Path("cancelar")
    public Response cancel() {
        int user = front.userId();
        IdempotencyKey form = front.once(front.visit().form());
        Keeping<ReservationOutcome> keeping =
                Keeping.onlyThatItWasDone(form, outcome -> !(outcome instanceof ReservationOutcome.PaymentUnderWay));
        return switch (reservations.submit(new ReservationRequest.CancelHolds(user), Optional.of(keeping))) {
            case Reply.Decided<ReservationOutcome>(ReservationOutcome.PaymentUnderWay(long under), var _) ->
                underWay(under);
            case Reply.Decided<ReservationOutcome> _ -> {
                noLongerHolds(user);
                yield front.visit().goTo(CartPages.HERE, Notice.done(front.text("liberado")));
            }
            case Reply.Kept<ReservationOutcome> _ -> front.visit().goTo(CartPages.HERE, new Applied.Before<>(true, ""));
            case Reply.KeyReused<ReservationOutcome> _ ->
                front.visit().goTo(CartPages.HERE, new Applied.Before<>(false, ""));
            case Reply.NoOutcome<ReservationOutcome> none -> refused(Replies.problem(none));
        };
    }

    @POST
    @Path("pagar")
    public Response pay() {
        CancelOrder.Buyer buyer = front.buyer();
        Form sent = front.visit().form();
        PaymentForm form = PaymentForm.of(sent, WebSessions.randomToken());
        PaymentOutcome outcome = payment.pay(buyer, form, front.shop());
        remember(
                buyer.userId(),
                form,
                outcome,
                sent.isTicked("guardar_direccion") && front.guest().isEmpty());
        return switch (outcome) {
            case PaymentOutcome.Paid(long order, var _) -> {
                noLongerHolds(buyer.userId());
                yield front.visit().goTo("/pedidos/" + order + "/", Notice.done(front.text("pagado")));
            }
            case PaymentOutcome.Incomplete() -> show(400, form, front.text("pago_incompleto"));
            case PaymentOutcome.MethodUnavailable() -> show(400, form, front.text("pago_metodo_no"));
            case PaymentOutcome.Begun(long begun) -> front.visit().goTo(PaymentPages.onTheWay(begun));
            case PaymentOutcome.ProviderAway(long begun) ->
                front.visit().goTo(PaymentPages.at(begun), Notice.problem(front.text("pago_no_contesta")));
            case PaymentOutcome.UnderWay(long under) -> underWay(under);
            case PaymentOutcome.HoldsOver() ->
                front.visit().goTo(HERE, Notice.problem(front.text("se_acabo_sin_cobro")));
            case PaymentOutcome.NotAgreed(BigDecimal total) ->
                show(
                        409,
                        form,
                        front.text(
                                "importe_cambio",
                                front.frame(Front.Part.CHECKOUT, "reserva").money(total)));
            case PaymentOutcome.NothingAgreed() -> show(409, form, front.text("importe_falta"));
            case PaymentOutcome.OrderCancelled(long order) ->
                front.visit().goTo("/pedidos/" + order + "/", Notice.problem(front.text("pago_de_cancelado")));
            case PaymentOutcome.FormUsed() ->
                show(409, form.anew(WebSessions.randomToken()), front.text("formulario_usado"));
            case PaymentOutcome.Refused refused ->
                show(409, form.anew(WebSessions.randomToken()), message(problem(refused)));
            case PaymentOutcome.Failed(var why) -> show(503, form, message(Replies.problem(why)));
        };
    }

    /** A delivery that was typed is typed once: it is there again when the holds have run out and are taken anew. */
    private void remember(int user, PaymentForm form, PaymentOutcome outcome, boolean keep) {
        boolean begun = outcome instanceof PaymentOutcome.Begun;
        if (outcome instanceof PaymentOutcome.Paid || begun) {
            addresses.paid(user, new Addresses.Typed("", form.address(), form.phone()), keep);
        }
        // A payment that was begun may be refused at the bank.
        if (!(outcome instanceof PaymentOutcome.Paid)) {
            addresses.keepTyped(user, form.delivery());
        }
    }

    private static Problem problem(PaymentOutcome.Refused refused) {
        return switch (refused.why()) {
            case UNITS_MISSING -> Problem.of(ErrorCode.UNITS_MISSING, refused.products());
            case NOT_FOR_SALE -> Problem.of(ErrorCode.NOT_FOR_SALE, refused.products());
            case AMOUNT_TOO_LARGE -> Problem.of(ErrorCode.AMOUNT_TOO_LARGE);
            case USER_GONE -> Problem.of(ErrorCode.NOT_SIGNED_IN);
            case PRODUCT_GONE -> Problem.of(ErrorCode.PRODUCT_NOT_FOUND);
        };
    }

    private String message(Problem problem) {
        return problem.message(front.visit().language());
    }

    private Response show(int status, PaymentForm form, String problem) {
        CheckoutHolds holds = history.lastCheckout(front.userId());
        // A key is for one sum: another sum is another payment.
        PaymentForm next = form.agreed().equals(Optional.of(holds.agreed()))
                ? form
                : form.anew(WebSessions.randomToken(), holds.agreed());
        @Nullable
        Payment under =
                holds.isLive() ? purchases.underWay(front.userId(), holds.now()).orElse(null) : null;
        return front.visit()
                .page(
                        status,
                        FrontTemplates.checkout(
                                front.frame(Front.Part.CHECKOUT, "reserva"),
                                CheckoutView.of(holds, under, next, offered, front.words(), problem)));
    }
}
