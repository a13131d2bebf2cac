package com.electroisla.shell;

import com.electroisla.wiring.Shop;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;

/** The orders of every buyer. */
public final class Pedidos {
    private final Shop tienda;

    Pedidos(Shop tienda) {
        this.tienda = tienda;
    }

    /** @param estado a {@link com.electroisla.order.OrderState#word} */
    public record Pedido(long id, String usuario, String estado, String metodoPago, BigDecimal total, Instant creado) {}

    /** All orders, by id, read as they are needed. */
    public Stream<Pedido> todos() {
        return Paginas.de(
                (despuesDe, filas) -> tienda.database().read(handle -> ShellSql.orders(handle, despuesDe, filas)),
                Pedido::id);
    }

    public Stream<Pedido> enEstado(String estado) {
        return todos().filter(pedido -> pedido.estado().equals(estado));
    }

    public long contar() {
        return tienda.database().read(ShellSql::countOrders);
    }
}
