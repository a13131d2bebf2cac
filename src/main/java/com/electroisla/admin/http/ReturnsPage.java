package com.electroisla.admin.http;

import com.electroisla.admin.OrderList;
import com.electroisla.admin.ReturnView;
import com.electroisla.admin.Section;
import com.electroisla.catalog.Money;
import com.electroisla.catalog.TypedPrice;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.idempotency.Applied;
import com.electroisla.order.Order;
import com.electroisla.order.Orders;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.order.ReturnLines;
import com.electroisla.order.ReturnLines.Chosen;
import com.electroisla.order.ReturnLines.Offer;
import com.electroisla.order.ReturnLines.Outcome;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines of an order back, in two steps: what comes back and how many, and then the amount, which is proposed and
 * may be lowered.
 */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/pedidos/{id}/devolver")
public class ReturnsPage {
    private static final String CONFIRMED = "confirmar";

    private final Admin admin;
    private final OrderList list;
    private final Orders orders;
    private final ReturnLines returns;

    @Inject
    ReturnsPage(RoutingContext context, OrderList list, Orders orders, ReturnLines returns) {
        this.admin = Admin.of(context);
        this.list = list;
        this.orders = orders;
        this.returns = returns;
    }

    /** The fields, and the units that they mean; empty units: one of them is no number of units. */
    private record Read(ReturnView.Typed typed, Optional<List<Chosen>> chosen) {}

    @POST
    public Response giveBack(@PathParam("id") String id) {
        Viewer viewer = new Viewer(admin.who().userId(), admin.who().role());
        Optional<Order> found = orders.find(viewer, PathId.of(id, ErrorCode.NOT_FOUND));
        if (found.isEmpty()) {
            return admin.visit().gone(Section.ORDERS.href());
        }
        Order order = found.get();
        Form form = admin.visit().form();
        Read read = read(form, returns.offer(order));
        if (read.chosen().isEmpty()
                || read.typed().reason().codePointCount(0, read.typed().reason().length())
                        > ReturnLines.LONGEST_REASON) {
            return asked(400, order, viewer, read, admin.text("mal_devolucion"));
        }
        List<Chosen> chosen = read.chosen().get();
        if (!form.text("paso").equals(CONFIRMED)) {
            Outcome proposal = returns.propose(order, chosen);
            return proposal instanceof Outcome.Done(var _, BigDecimal most)
                    ? proposed(200, order, viewer, read, most, most.toPlainString(), "")
                    : told(order, viewer, read, "", proposal);
        }
        String amount = form.text("importe");
        if (!(TypedPrice.of(amount) instanceof TypedPrice.Amount(Money money))) {
            Outcome proposal = returns.propose(order, chosen);
            return proposal instanceof Outcome.Done(var _, BigDecimal most)
                    ? proposed(400, order, viewer, read, most, amount, "mal_importe")
                    : told(order, viewer, read, amount, proposal);
        }
        var wish = new ReturnLines.Wish(chosen, money.amount(), read.typed().reason());
        return switch (returns.run(order.id(), wish, viewer, admin.actor(), admin.once(form))) {
            case Applied.Now<Outcome>(Outcome outcome) -> told(order, viewer, read, amount, outcome);
            case Applied.Before<Outcome> before -> admin.visit().goTo(page(order), before);
        };
    }

    private static Read read(Form form, Offer offer) {
        Map<Integer, String> units = new HashMap<>();
        List<Integer> scrap = new ArrayList<>();
        List<Chosen> chosen = new ArrayList<>();
        boolean understood = true;
        for (ReturnLines.Offered each : offer.lines()) {
            int line = each.line();
            String typed = form.text("unidades_" + line);
            boolean scrapped = form.text("destino_" + line).equals("merma");
            units.put(line, typed);
            if (scrapped) {
                scrap.add(line);
            }
            @Nullable Integer number = typed.isEmpty() ? (Integer) 0 : form.number("unidades_" + line);
            if (number == null || number < 0) {
                understood = false;
            } else if (number > 0) {
                chosen.add(new Chosen(line, number, scrapped));
            }
        }
        return new Read(
                new ReturnView.Typed(units, scrap, form.text("motivo")),
                understood ? Optional.of(chosen) : Optional.empty());
    }

    private Response told(Order order, Viewer viewer, Read read, String amount, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(int units, BigDecimal owed) ->
                admin.visit()
                        .goTo(
                                page(order),
                                Notice.done(
                                        owed.signum() > 0
                                                ? admin.text("devuelto_y_debido", units, money(owed))
                                                : admin.text("devuelto", units)));
            case Outcome.NotFound _ -> admin.visit().gone(Section.ORDERS.href());
            case Outcome.NotAllowed _ -> throw admin.visit().forbidden();
            case Outcome.NothingChosen _ -> asked(400, order, viewer, read, admin.text("devolucion_nada"));
            case Outcome.NotReturnable _ -> asked(409, order, viewer, read, admin.text("devolucion_no_se_puede"));
            case Outcome.MoreThanLeft(String product, int left) ->
                asked(409, order, viewer, read, admin.text("devolucion_de_mas_unidades", product, left));
            case Outcome.TooMuch(BigDecimal most) ->
                proposed(409, order, viewer, read, most, amount, "devolucion_de_mas_importe");
            case Outcome.Impossible(String product) ->
                asked(409, order, viewer, read, admin.text("devolucion_imposible", product));
        };
    }

    private Response asked(int status, Order order, Viewer viewer, Read read, String problem) {
        return page(status, order, viewer, ReturnView.asking(returns.offer(order), read.typed(), problem));
    }

    private Response proposed(
            int status, Order order, Viewer viewer, Read read, BigDecimal most, String amount, String problem) {
        return page(
                status,
                order,
                viewer,
                ReturnView.proposing(
                        returns.offer(order),
                        read.typed(),
                        read.chosen().orElse(List.of()),
                        most,
                        amount,
                        problem.isEmpty() ? "" : admin.text(problem, money(most))));
    }

    private Response page(int status, Order order, Viewer viewer, ReturnView giving) {
        return list.detail(order, viewer, giving)
                .map(detail -> admin.visit()
                        .page(status, AdminTemplates.order(admin.named(Section.ORDERS, "#" + order.id()), detail)))
                .orElseGet(() -> admin.visit().gone(Section.ORDERS.href()));
    }

    private String money(BigDecimal amount) {
        return admin.visit().words(Admin.AREA).money(amount);
    }

    private static String page(Order order) {
        return Section.ORDERS.href() + order.id() + "/";
    }
}
