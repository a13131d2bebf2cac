package com.electroisla.admin.http;

import com.electroisla.admin.OrderList;
import com.electroisla.admin.OrdersView;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.Applied;
import com.electroisla.order.MoveOrders;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API › Pedidos: the list, and one order with its possible moves. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/pedidos")
public class OrdersPage {
    private final Admin admin;
    private final OrderList list;
    private final Orders orders;
    private final MoveOrders moves;

    @Inject
    OrdersPage(RoutingContext context, OrderList list, Orders orders, MoveOrders moves) {
        this.admin = Admin.of(context);
        this.list = list;
        this.orders = orders;
        this.moves = moves;
    }

    @GET
    public Response list() {
        OrdersView view = list.page(admin.visit().query(), viewer());
        return admin.visit().page(AdminTemplates.orders(admin.told(Section.ORDERS, "pedidos"), view));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        Order order = orders.find(viewer(), PathId.of(id, ErrorCode.NOT_FOUND)).orElseThrow(admin.visit()::notFound);
        OrdersView.Detail detail = list.detail(order, viewer()).orElseThrow(admin.visit()::notFound);
        return admin.visit().page(AdminTemplates.order(admin.named(Section.ORDERS, "#" + order.id()), detail));
    }

    @POST
    @Path("{id}/estado")
    public Response move(@PathParam("id") String id) {
        long order = PathId.of(id, ErrorCode.NOT_FOUND);
        Form form = admin.visit().form();
        OrderState from = state(form.text("desde"));
        OrderState to = state(form.text("hacia"));
        return told(order, moves.move(order, from, to, viewer(), admin.actor(), admin.once(form)));
    }

    @POST
    @Path("{id}/mensajero")
    public Response assign(@PathParam("id") String id) {
        long order = PathId.of(id, ErrorCode.NOT_FOUND);
        Form form = admin.visit().form();
        @Nullable Integer courier = form.number("mensajero");
        @Nullable Integer seen = form.number("era");
        boolean known = courier == null
                || courier == 0
                || orders.find(viewer(), order).flatMap(found -> list.detail(found, viewer())).stream()
                        .flatMap(detail -> detail.couriers().stream())
                        .anyMatch(each -> each.id() == courier);
        if (!known) {
            throw Problem.of(ErrorCode.MALFORMED_REQUEST).exception();
        }
        return told(
                order,
                moves.assign(order, somebody(seen), somebody(courier), viewer(), admin.actor(), admin.once(form)));
    }

    private static @Nullable Integer somebody(@Nullable Integer courier) {
        return courier == null || courier == 0 ? null : courier;
    }

    private Response told(long order, Applied<MoveOrders.Outcome> applied) {
        String page = Section.ORDERS.href() + order + "/";
        return switch (applied) {
            case Applied.Before<MoveOrders.Outcome> before -> admin.visit().goTo(page, before);
            case Applied.Now<MoveOrders.Outcome>(MoveOrders.Outcome outcome) -> told(page, outcome);
        };
    }

    private Response told(String page, MoveOrders.Outcome outcome) {
        return switch (outcome) {
            case DONE -> admin.visit().goTo(page, Notice.done(admin.text("guardado")));
            case CHANGED_MEANWHILE -> admin.visit().goTo(page, Notice.problem(admin.text("pedido_cambiado")));
            case NOT_FOUND -> admin.visit().gone(Section.ORDERS.href());
            case NOT_ALLOWED -> throw admin.visit().forbidden();
        };
    }

    private static OrderState state(String word) {
        Optional<OrderState> state = Arrays.stream(OrderState.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
        return state.orElseThrow(() -> Problem.of(ErrorCode.MALFORMED_REQUEST).exception());
    }

    private Viewer viewer() {
        return new Viewer(admin.who().userId(), admin.who().role());
    }
}
