package com.electroisla.shopfront.http;

import com.electroisla.accounts.Guest;
import com.electroisla.cart.Carts;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PageRequest;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.order.Orders.CancelOutcome;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.purchase.Purchases;
import com.electroisla.settings.Settings;
import com.electroisla.shopfront.CancelOrder;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.OrderMoney;
import com.electroisla.shopfront.OrderNews;
import com.electroisla.shopfront.OrderView;
import com.electroisla.shopfront.OwnOrdersView;
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
import java.util.List;
import java.util.Optional;

/** The buyer's orders and their states. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/pedidos")
public class OrderPages {
    private static final String HERE = "/pedidos/";

    private final Front front;
    private final Orders orders;
    private final CancelOrder cancelOrder;
    private final Purchases purchases;
    private final OrderNews news;
    private final int pageSize;

    @Inject
    OrderPages(
            RoutingContext context,
            Carts carts,
            GuestBuyers guests,
            Orders orders,
            CancelOrder cancelOrder,
            Purchases purchases,
            OrderNews news,
            Settings settings) {
        this.front = Front.of(context, carts, guests, HERE);
        this.orders = orders;
        this.cancelOrder = cancelOrder;
        this.purchases = purchases;
        this.news = news;
        this.pageSize = settings.pageSize();
    }

    @GET
    public Response list() {
        CancelOrder.Buyer buyer = front.buyer();
        PageRequest request = PageRequest.of(front.visit().query(), pageSize, "");
        List<Order> found = orders.page(buyer.viewer(), request.size() + 1, request.offset());
        List<OrderView> shown = found.stream()
                .limit(request.size())
                .map(order -> OrderView.of(order, front.words()))
                .toList();
        var view = new OwnOrdersView(
                shown,
                found.size() > request.size() ? HERE + "?page=" + (request.number() + 1) : null,
                request.number() > 1 ? HERE + "?page=" + (request.number() - 1) : null,
                request.number() > 1 ? List.of() : withoutOrder(buyer));
        return front.visit().page(FrontTemplates.orders(front.frame(Front.Part.ORDERS, "pedidos"), view));
    }

    /** Payments that wait for their money, or whose money bought nothing. */
    private List<PaymentView> withoutOrder(CancelOrder.Buyer buyer) {
        return purchases.withoutOrder(buyer.userId()).stream()
                .map(seen -> PaymentView.of(seen, false, front.words()))
                .toList();
    }

    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id) {
        CancelOrder.Buyer buyer = front.buyer();
        Order order = orders.find(buyer.viewer(), PathId.of(id, ErrorCode.ORDER_NOT_FOUND))
                .orElseThrow(front.visit()::notFound);
        return front.visit()
                .page(FrontTemplates.order(
                        front.named(Front.Part.ORDERS, front.text("pedido_numero", order.id())),
                        OrderView.of(order, front.words(), news.of(order, front.words())),
                        new OrderAccess(
                                HERE + order.id() + "/",
                                front.guest().map(Guest::email).orElse(""),
                                false,
                                false),
                        OrderMoney.of(purchases.ofOrder(order.id()), buyer.userId(), front.words())));
    }

    @POST
    @Path("{id}/cancelar")
    public Response cancel(@PathParam("id") String id) {
        CancelOrder.Buyer buyer = front.buyer();
        long order = PathId.of(id, ErrorCode.ORDER_NOT_FOUND);
        Optional<CancelOutcome> outcome = cancelOrder.cancel(buyer, order);
        return switch (outcome.orElseGet(CancelOutcome.NotFound::new)) {
            case CancelOutcome.Cancelled _ ->
                front.visit().goTo(HERE + order + "/", Notice.done(front.text("pedido_cancelado")));
            case CancelOutcome.NotFound _ -> front.visit().gone(HERE);
            case CancelOutcome.Forbidden _ ->
                throw Problem.of(ErrorCode.FORBIDDEN).exception();
            case CancelOutcome.TooLate(OrderState state)
            when state == OrderState.CANCELLED ->
                front.visit().goTo(HERE + order + "/", Notice.done(front.text("pedido_ya_cancelado")));
            case CancelOutcome.TooLate _ ->
                front.visit().goTo(HERE + order + "/", Notice.problem(front.text("tarde_para_cancelar")));
        };
    }
}
