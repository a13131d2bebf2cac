package com.electroisla.order.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.cart.CartTransaction;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.PageRequest;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.server.Pages;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.live.StockNews;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.order.Orders.CancelOutcome;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Logger;

/** Orders: shown and cancelled. They are made by payments, in the reservation feature. */
@Path("/api/pedidos")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class OrdersResource {
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");

    private final Orders orders;
    private final CartTransaction transaction;
    private final StockNews news;
    private final Settings settings;

    @Inject
    OrdersResource(Orders orders, CartTransaction transaction, StockNews news, Settings settings) {
        this.orders = orders;
        this.transaction = transaction;
        this.news = news;
        this.settings = settings;
    }

    @GET
    public Response list(@Context RoutingContext context) {
        PageRequest request =
                PageRequest.of(QueryParameters.parse(context.request().query()), settings.pageSize(), "");
        List<Order> found = orders.page(viewer(SignedInCall.of(context)), request.size() + 1, request.offset());
        return Pages.answer(context, request, found.stream().map(OrderJson::of).toList());
    }

    @GET
    @Path("{id}")
    public Response one(@Context RoutingContext context, @PathParam("id") String id) {
        SignedInCall call = SignedInCall.of(context);
        Answer answer = orders.find(viewer(call), PathId.of(id, ErrorCode.ORDER_NOT_FOUND))
                .map(order -> Answer.ok(OrderJson.of(order)))
                .orElseGet(() -> Problem.of(ErrorCode.ORDER_NOT_FOUND).answer(call.language()));
        return Responses.of(answer);
    }

    @POST
    @Path("{id}/cancelar")
    public Response cancel(@Context RoutingContext context, @PathParam("id") String id, byte[] body) {
        SignedInCall call = SignedInCall.of(context);
        long order = PathId.of(id, ErrorCode.ORDER_NOT_FOUND);
        Function<CancelOutcome, Answer> words = outcome -> answer(outcome, call.language());
        try {
            var reply = transaction.run(
                    call.userId(),
                    Replies.keeping(call.idempotencyKey(body), words),
                    change -> orders.cancel(change.handle(), viewer(call), order, change.now()));
            if (reply instanceof Reply.Decided<CancelOutcome>(CancelOutcome.Forbidden _, var _)) {
                SECURITY.warning("cancelación prohibida del pedido " + order);
            }
            return Responses.of(Replies.answer(reply, call.language(), words));
        } finally {
            // Announced even when the outcome is unknown.
            news.announce();
        }
    }

    private static Answer answer(CancelOutcome outcome, Language language) {
        return switch (outcome) {
            case CancelOutcome.Cancelled cancelled -> Answer.ok(OrderJson.of(cancelled.order()));
            case CancelOutcome.NotFound _ ->
                Problem.of(ErrorCode.ORDER_NOT_FOUND).answer(language);
            case CancelOutcome.Forbidden _ -> Problem.of(ErrorCode.FORBIDDEN).answer(language);
            case CancelOutcome.TooLate(OrderState state) ->
                Problem.of(ErrorCode.ORDER_NOT_CANCELLABLE)
                        .with("estado", state.word())
                        .answer(language);
        };
    }

    private static Viewer viewer(SignedInCall call) {
        return new Viewer(call.userId(), call.caller().role());
    }
}
