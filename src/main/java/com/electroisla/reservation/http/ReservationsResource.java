package com.electroisla.reservation.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.accounts.http.SignedInCall;
import com.electroisla.http.PageRequest;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.server.Pages;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.reservation.history.ReservationView;
import com.electroisla.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** The caller's reservations. */
@Path("/api/reservas")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class ReservationsResource {
    private final ReservationHistory history;
    private final Settings settings;

    @Inject
    ReservationsResource(ReservationHistory history, Settings settings) {
        this.history = history;
        this.settings = settings;
    }

    record ReservationJson(
            long id,
            long productId,
            String producto,
            int cantidad,
            String status,
            Instant createdAt,
            Instant expiresAt,
            long segundosRestantes) {
        static ReservationJson of(ReservationView view) {
            return new ReservationJson(
                    view.id(),
                    view.productId(),
                    view.product(),
                    view.quantity(),
                    view.effectiveStatus().word(),
                    view.createdAt(),
                    view.expiresAt(),
                    view.secondsLeft());
        }
    }

    @GET
    public Response list(@Context RoutingContext context) {
        SignedInCall call = SignedInCall.of(context);
        PageRequest request =
                PageRequest.of(QueryParameters.parse(context.request().query()), settings.pageSize(), "");
        List<ReservationView> found = history.page(call.userId(), request.size() + 1, request.offset());
        return Pages.answer(
                context, request, found.stream().map(ReservationJson::of).toList());
    }
}
