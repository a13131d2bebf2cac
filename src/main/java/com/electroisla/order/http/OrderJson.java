package com.electroisla.order.http;

import com.electroisla.order.Order;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pedido} of the contract. */
public record OrderJson(
        long id,
        String estado,
        String metodoPago,
        String total,
        String direccionEntrega,
        String telefono,
        @Nullable String notas,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant fechaEntrega,
        List<Line> detalles) {

    public record Line(long productId, String producto, int cantidad, String precioUnitario, String subtotal) {}

    public static OrderJson of(Order order) {
        return new OrderJson(
                order.id(),
                order.state().word(),
                order.paymentMethod(),
                order.total().toPlainString(),
                order.address(),
                order.phone(),
                order.notes(),
                order.createdAt(),
                order.updatedAt(),
                order.deliveredAt(),
                order.lines().stream().map(OrderJson::line).toList());
    }

    private static Line line(Order.Line line) {
        return new Line(
                line.productId(),
                line.product(),
                line.quantity(),
                line.unitPrice().toPlainString(),
                line.subtotal().toPlainString());
    }
}
