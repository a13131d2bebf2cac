package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.database.Database;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import com.electroisla.order.MoveOrders;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders.Viewer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The orders for the staff; a courier sees only their own deliveries. */
public final class OrderList {
    static final List<String> STATES =
            Arrays.stream(OrderState.values()).map(OrderState::word).toList();
    private static final int PAGE = 50;

    private final Database database;

    public OrderList(Database database) {
        this.database = database;
    }

    public OrdersView page(QueryParameters query, Viewer viewer) {
        String asked = Objects.requireNonNullElse(query.get("estado"), "");
        String state = STATES.contains(asked) ? asked : "";
        String before = Objects.requireNonNullElse(query.get("antes"), "");
        long beforeId = before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
        @Nullable Integer courier = viewer.role() == Role.MENSAJERO ? (Integer) viewer.userId() : null;
        String text = SearchWords.of("q", query.get("q")).text();
        List<OrdersView.Row> found = database.read(handle -> OrderListSql.page(
                handle,
                state,
                courier,
                text.isEmpty() ? null : OrderListSql.sought(handle, text, courier),
                beforeId,
                PAGE + 1));
        List<OrdersView.Row> rows = found.stream().limit(PAGE).toList();
        @Nullable
        String next = found.size() > PAGE
                ? "/admin/pedidos/"
                        + query.with(
                                Map.of("antes", Long.toString(rows.getLast().id())))
                : null;
        @Nullable
        String start = beforeId == Long.MAX_VALUE
                ? null
                : "/admin/pedidos/" + query.with(Collections.singletonMap("antes", null));
        return new OrdersView(text, state, STATES, rows, next, start);
    }

    /** @param order an order that the viewer may see */
    public Optional<OrdersView.Detail> detail(Order order, Viewer viewer) {
        boolean assigns = viewer.role() != Role.MENSAJERO;
        return database.read(handle -> OrderListSql.one(handle, order.id(), assigns)
                .map(row -> new OrdersView.Detail(
                        row,
                        order,
                        List.copyOf(MoveOrders.next(order.state(), viewer.role())),
                        assigns ? OrderListSql.couriers(handle) : List.of(),
                        assigns,
                        assigns ? PaymentListSql.ofOrder(handle, order.id()).orElse(null) : null)));
    }
}
