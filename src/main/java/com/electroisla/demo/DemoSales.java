package com.electroisla.demo;

import static com.electroisla.demo.DemoUser.ANDRES;
import static com.electroisla.demo.DemoUser.CAMILO;
import static com.electroisla.demo.DemoUser.LUCIA;
import static com.electroisla.demo.DemoUser.MATEO;
import static com.electroisla.demo.DemoUser.TANIA;
import static com.electroisla.demo.DemoUser.VALENTINA;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of the demo shop: orders in every estado, reservations in every status, carts, and movements of stock.
 * The figures are computed from these rows, never written by hand.
 */
final class DemoSales {
    private DemoSales() {}

    /** @param horas how many hours ago it was placed */
    record Order(
            long id,
            int usuario,
            String estado,
            String metodoPago,
            int horas,
            @Nullable Integer mensajero) {}

    /** A line of an order; each has a confirmed reservation. */
    record OrderLine(long pedido, long producto, int cantidad) {}

    /**
     * A reservation without an order.
     *
     * @param antiguedad its age in times-to-live: below 1 it is live
     */
    record Hold(int usuario, long checkout, long producto, int cantidad, String status, double antiguedad) {}

    /** A cart line without a reservation. */
    record Wish(int usuario, long producto, int cantidad) {}

    /** A change of stock_total other than the first entry of the goods. */
    record Movement(long producto, String tipo, int deltaTotal, String motivo, int horas, int usuario) {}

    static List<Order> orders() {
        return List.of(
                new Order(1, LUCIA.id(), "entregado", "tarjeta", 216, MATEO.id()),
                new Order(2, ANDRES.id(), "entregado", "efectivo", 150, MATEO.id()),
                new Order(3, VALENTINA.id(), "cancelado", "transferencia", 120, null),
                new Order(4, CAMILO.id(), "en_camino", "tarjeta", 30, MATEO.id()),
                new Order(5, LUCIA.id(), "en_preparacion", "tarjeta", 20, null),
                new Order(6, ANDRES.id(), "confirmado", "tarjeta", 6, null),
                new Order(7, VALENTINA.id(), "pendiente", "efectivo", 2, null),
                new Order(8, CAMILO.id(), "entregado", "transferencia", 190, MATEO.id()));
    }

    static List<OrderLine> orderLines() {
        return List.of(
                new OrderLine(1, 2, 1),
                new OrderLine(1, 18, 3),
                new OrderLine(2, 22, 1),
                new OrderLine(2, 26, 1),
                new OrderLine(2, 43, 2),
                new OrderLine(3, 33, 1),
                new OrderLine(4, 11, 4),
                new OrderLine(4, 14, 1),
                new OrderLine(5, 7, 1),
                new OrderLine(6, 1, 2),
                new OrderLine(6, 35, 1),
                new OrderLine(7, 38, 2),
                new OrderLine(8, 17, 6),
                new OrderLine(8, 45, 1));
    }

    /** The reservations, oldest first: a buyer's last checkout has the highest number. */
    static List<Hold> holds() {
        long first = orders().size() + 1L;
        return List.of(
                new Hold(VALENTINA.id(), first, 46, 1, "expired", 200),
                new Hold(ANDRES.id(), first + 1, 13, 2, "expired", 90),
                new Hold(LUCIA.id(), first + 2, 12, 1, "cancelled", 40),
                new Hold(CAMILO.id(), first + 3, 40, 1, "expired", 12),
                new Hold(CAMILO.id(), first + 4, 37, 1, "cancelled", 6),
                new Hold(VALENTINA.id(), first + 5, 36, 1, "pending", 0.6),
                new Hold(VALENTINA.id(), first + 5, 20, 2, "pending", 0.6),
                new Hold(ANDRES.id(), first + 6, 10, 1, "pending", 0.3),
                new Hold(LUCIA.id(), first + 7, 3, 1, "pending", 0),
                new Hold(LUCIA.id(), first + 7, 9, 2, "pending", 0));
    }

    static List<Wish> wishes() {
        return List.of(new Wish(CAMILO.id(), 6, 1), new Wish(CAMILO.id(), 28, 2));
    }

    static List<Movement> movements() {
        return List.of(
                new Movement(6, "merma", -2, "Vasos rotos en el transporte", 100, TANIA.id()),
                new Movement(25, "entrada", 40, "Reposición del proveedor", 72, TANIA.id()),
                new Movement(42, "ajuste", -1, "Conteo físico", 48, TANIA.id()));
    }

    /** The cart lines of live reservations: a checkout leaves the cart as it is until the payment. */
    static List<Wish> cartLines() {
        List<Wish> lines = new ArrayList<>(wishes());
        holds().stream()
                .filter(hold -> hold.status().equals("pending"))
                .forEach(hold -> lines.add(new Wish(hold.usuario(), hold.producto(), hold.cantidad())));
        return lines;
    }
}
