package com.electroisla.shopfront.http;

import com.electroisla.accounts.Visitor;
import com.electroisla.cart.Carts;
import com.electroisla.order.Order;
import com.electroisla.order.OrderLinks;
import com.electroisla.order.Orders;
import com.electroisla.order.Orders.CancelOutcome;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.purchase.Purchases;
import com.electroisla.shopfront.CancelOrder;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.OrderMoney;
import com.electroisla.shopfront.OrderNews;
import com.electroisla.shopfront.OrderView;
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

/** The order of a guest, for whoever has the link of a letter about it. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/pedido/{id}")
public class OrderLinkPages {
    private final Front front;
    private final GuestBuyers guests;
    private final Orders orders;
    private final CancelOrder cancelOrder;
    private final Purchases purchases;
    private final OrderNews news;

    @Inject
    OrderLinkPages(
            RoutingContext context,
            Carts carts,
            GuestBuyers guests,
            Orders orders,
            CancelOrder cancelOrder,
            Purchases purchases,
            OrderNews news) {
        this.front = Front.of(context, carts, guests, "/");
        this.guests = guests;
        this.orders = orders;
        this.cancelOrder = cancelOrder;
        this.purchases = purchases;
        this.news = news;
    }

    private static String here(String token) {
        return "/pedido/" + token + "/";
    }

    private CancelOrder.Buyer buyer(OrderLinks.Opened opened) {
        return new CancelOrder.Buyer(opened.guest(), front.visit().language().locale());
    }

    @GET
    public Response order(@PathParam("id") String token) {
        OrderLinks.Opened opened = guests.open(token).orElseThrow(front.visit()::notFound);
        Order order = orders.find(buyer(opened).viewer(), opened.order()).orElseThrow(front.visit()::notFound);
        boolean adoptable = front.visit()
                .visitor()
                .filter(who -> guests.isAddressOf(who.userId(), opened.email()))
                .isPresent();
        return front.visit()
                .page(FrontTemplates.order(
                        front.named(Front.Part.ORDERS, front.text("pedido_numero", order.id())),
                        OrderView.of(order, front.words(), news.of(order, front.words())),
                        new OrderAccess(here(token), opened.email(), true, adoptable),
                        OrderMoney.of(purchases.ofOrder(order.id()), null, front.words())));
    }

    @POST
    @Path("cancelar")
    public Response cancel(@PathParam("id") String token) {
        Optional<OrderLinks.Opened> opened = guests.open(token);
        if (opened.isEmpty()) {
            return front.visit().gone("/");
        }
        Optional<CancelOutcome> outcome =
                cancelOrder.cancel(buyer(opened.get()), opened.get().order());
        return switch (outcome.orElseGet(CancelOutcome.NotFound::new)) {
            case CancelOutcome.Cancelled _ ->
                front.visit().goTo(here(token), Notice.done(front.text("pedido_cancelado")));
            case CancelOutcome.NotFound _, CancelOutcome.Forbidden _ ->
                front.visit().gone("/");
            case CancelOutcome.TooLate _ ->
                front.visit().goTo(here(token), Notice.problem(front.text("tarde_para_cancelar")));
        };
    }

    /** Takes the order, and the others of its guest, into the account of the signed-in user with the same address. */
    @POST
    @Path("cuenta")
    public Response takeOver(@PathParam("id") String token) {
        Optional<OrderLinks.Opened> opened = guests.open(token);
        Optional<Visitor> who = front.visit().visitor();
        if (opened.isEmpty()) {
            return front.visit().gone("/");
        }
        if (who.isEmpty()) {
            return front.visit().goTo("/entrar/?next=" + here(token));
        }
        return guests.takeOver(token, who.get().userId()) > 0
                ? front.visit()
                        .goTo("/pedidos/" + opened.get().order() + "/", Notice.done(front.text("pedido_en_tu_cuenta")))
                : front.visit().goTo(here(token), Notice.problem(front.text("pedido_de_otro_correo")));
    }
}
