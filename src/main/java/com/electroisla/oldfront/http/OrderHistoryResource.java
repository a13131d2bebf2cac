package com.electroisla.oldfront.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.http.Answer;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Responses;
import com.electroisla.order.Order;
import com.electroisla.order.Orders;
import com.electroisla.order.PastOrder;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's orders as the old front end shows them: amounts are numbers, and every line has its product. */
@Path("/api/mis-pedidos")
@RequestScoped
@RunOnVirtualThread
public class OrderHistoryResource {
    private final Orders orders;

    @Inject
    OrderHistoryResource(Orders orders) {
        this.orders = orders;
    }

    record HistoryJson(int count, List<PastOrderJson> pedidos) {}

    record PastOrderJson(
            long id,
            String estado,
            String metodoPago,
            BigDecimal total,
            String direccionEntrega,
            String telefono,
            @Nullable String notas,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant fechaEntrega,
            List<LineJson> detalles) {}

    record LineJson(long id, BoughtJson producto, int cantidad, BigDecimal precioUnitario, BigDecimal subtotal) {}

    record BoughtJson(long id, String nombre, @Nullable String imagenUrl) {}

    @GET
    @SignedIn
    public Response history(@Context RoutingContext context) {
        PublicAddress site = PublicAddress.of(context.request());
        List<PastOrderJson> shown = orders.history(SignedInCall.of(context).userId()).stream()
                .map(past -> json(past, site))
                .toList();
        return Responses.of(Answer.ok(new HistoryJson(shown.size(), shown)));
    }

    private static PastOrderJson json(PastOrder past, PublicAddress site) {
        Order order = past.order();
        return new PastOrderJson(
                order.id(),
                order.state().word(),
                order.paymentMethod(),
                order.total(),
                order.address(),
                order.phone(),
                order.notes(),
                order.createdAt(),
                order.updatedAt(),
                order.deliveredAt(),
                past.lines().stream().map(line -> json(line, site)).toList());
    }

    private static LineJson json(PastOrder.BoughtLine bought, PublicAddress site) {
        Order.Line line = bought.line();
        return new LineJson(
                bought.id(),
                new BoughtJson(line.productId(), line.product(), site.of(bought.picture())),
                line.quantity(),
                line.unitPrice(),
                line.subtotal());
    }
}
