package com.electroisla.oldfront.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.admin.StaffOrder;
import com.electroisla.admin.StaffOrders;
import com.electroisla.admin.StaffRight;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Fields;
import com.electroisla.http.Json;
import com.electroisla.http.PageRequest;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.SearchWords;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Responses;
import com.electroisla.live.StockNews;
import com.electroisla.order.OrderState;
import com.electroisla.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The orders for the staff, and a courier's own deliveries. */
@Path("/api/admin/pedidos")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class AdminOrdersResource {
    private static final String STATE = "estado";

    private final StaffOrders orders;
    private final StockNews news;
    private final Settings settings;

    @Inject
    AdminOrdersResource(StaffOrders orders, StockNews news, Settings settings) {
        this.orders = orders;
        this.news = news;
        this.settings = settings;
    }

    record ChangeJson(@Nullable String estado) {}

    @GET
    public Response list(@Context RoutingContext context) {
        AdminCall call = AdminCall.of(context, StaffRight.SEE_ORDERS);
        PageRequest page = call.page(settings.pageSize());
        String state = call.query().get(STATE);
        var filter = new StaffOrders.Filter(
                SearchWords.of("search", call.query().get("search")), state == null ? null : state(state));
        PublicAddress site = call.site();
        return call.list(
                orders.page(filter, page.size(), page.offset(), call.viewer()),
                page,
                order -> AdminOrderJson.of(order, site));
    }

    @PATCH
    @Path("{id}")
    public Response move(@Context RoutingContext context, @PathParam("id") String id, byte[] body) {
        AdminCall call = AdminCall.of(context, StaffRight.MOVE_ORDERS);
        long order = PathId.of(id, ErrorCode.ORDER_NOT_FOUND);
        OrderState to = state(Fields.required(
                STATE,
                Json.read(body, call.call().contentType(), ChangeJson.class).estado()));
        try {
            return switch (orders.move(order, to, call.viewer(), call.actor())) {
                case StaffOrders.Outcome.Moved(StaffOrder moved) ->
                    Responses.of(Answer.ok(AdminOrderJson.of(moved, call.site())));
                case StaffOrders.Outcome.NotFound _ ->
                    throw Problem.of(ErrorCode.ORDER_NOT_FOUND).exception();
                case StaffOrders.Outcome.NotAllowed(OrderState from) ->
                    throw Problem.of(ErrorCode.ORDER_STATE_IMPOSSIBLE, from.word(), to.word())
                            .exception();
                case StaffOrders.Outcome.ChangedMeanwhile _ ->
                    throw Problem.of(ErrorCode.CHANGED_MEANWHILE).exception();
            };
        } finally {
            // A cancelled order's units are free again; announced even when the outcome is unknown.
            news.announce();
        }
    }

    private static OrderState state(String word) {
        return Arrays.stream(OrderState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalidField(
                                STATE,
                                "campo_opciones",
                                String.join(
                                        ", ",
                                        Arrays.stream(OrderState.values())
                                                .map(OrderState::word)
                                                .toList()))
                        .exception());
    }

    /** An order in the old front end's names; amounts are texts, as it shows them. */
    record AdminOrderJson(
            long id,
            String usuarioNombre,
            String usuarioEmail,
            String estado,
            String metodoPago,
            String total,
            String direccionEntrega,
            String telefono,
            @Nullable String notas,
            @Nullable Integer mensajero,
            @Nullable String mensajeroNombre,
            List<Line> detalles,
            Instant createdAt,
            @Nullable Instant fechaEntrega) {

        record Line(
                long id,
                String productoNombre,
                @Nullable String productoImagen,
                int cantidad,
                String precioUnitario,
                String subtotal) {}

        static AdminOrderJson of(StaffOrder order, PublicAddress site) {
            return new AdminOrderJson(
                    order.id(),
                    order.buyer(),
                    order.email(),
                    order.state(),
                    order.payment(),
                    order.total().toPlainString(),
                    order.address(),
                    order.phone(),
                    order.notes(),
                    order.courierId(),
                    order.courier().isEmpty() ? null : order.courier(),
                    order.lines().stream()
                            .map(line -> new Line(
                                    line.id(),
                                    line.product(),
                                    site.of(line.picture()),
                                    line.quantity(),
                                    line.unitPrice().toPlainString(),
                                    line.subtotal().toPlainString()))
                            .toList(),
                    order.createdAt(),
                    order.deliveredAt());
        }
    }
}
