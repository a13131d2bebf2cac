package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.database.Database;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import com.electroisla.order.MoveOrders;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.order.ReturnLines;
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
    private final ReturnLines returns;

    public OrderList(Database database, ReturnLines returns) {
        this.database = database;
        this.returns = returns;
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
        ReturnLines.Offer offer = returns.offer(order);
        return detail(
                order,
                viewer,
                viewer.role() != Role.MENSAJERO && offer.isOpen()
                        ? ReturnView.asking(offer, ReturnView.Typed.NOTHING, "")
                        : null);
    }

    /** @param giving the form that takes lines back, as far as the reader has come; null for none */
    public Optional<OrdersView.Detail> detail(Order order, Viewer viewer, @Nullable ReturnView giving) {
        boolean assigns = viewer.role() != Role.MENSAJERO;
        return database.read(handle -> OrderListSql.one(handle, order.id(), assigns)
                .map(row -> new OrdersView.Detail(
                        row,
                        order,
                        List.copyOf(MoveOrders.next(order.state(), viewer.role())),
                        assigns ? OrderListSql.couriers(handle) : List.of(),
                        assigns,
                        assigns ? PaymentListSql.ofOrder(handle, order.id()).orElse(null) : null,
                        assigns ? RefundListSql.ofOrder(handle, order.id()) : List.of(),
                        giving)));
    }
}
