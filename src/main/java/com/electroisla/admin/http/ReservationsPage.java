package com.electroisla.admin.http;

import com.electroisla.admin.ReservationList;
import com.electroisla.admin.ReservationsView;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.idempotency.Applied;
import com.electroisla.pages.Form;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.reservation.ReleaseHolds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** API › Stock Reservations: the list, one reservation with its history, and the release of many. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/stock-reservations")
public class ReservationsPage {
    private static final String HELD = Section.RESERVATIONS.href() + "?estado=pending";

    private final Admin admin;
    private final ReservationList list;
    private final ReleaseHolds holds;

    @Inject
    ReservationsPage(RoutingContext context, ReservationList list, ReleaseHolds holds) {
        this.admin = Admin.of(context);
        this.list = list;
        this.holds = holds;
    }

    @GET
    public Response list() {
        ReservationsView view = list.page(admin.visit().query());
        Frame frame = admin.told(Section.RESERVATIONS, "reservas");
        boolean part = admin.visit().isPart() && admin.visit().target().equals("lista");
        return admin.visit()
                .page(
                        part
                                ? AdminTemplates.reservationListPart(frame, view)
                                : AdminTemplates.reservations(frame, view));
    }

    @POST
    @Path("liberar")
    public Response release() {
        Form form = admin.visit().form();
        List<Long> ids = form.ids("id");
        if (ids.isEmpty()) {
            return admin.visit().goTo(HELD, Notice.problem(admin.text("ninguna_reserva_elegida")));
        }
        return switch (holds.release(ids, admin.actor(), admin.once(form))) {
            case Applied.Now<Integer>(Integer released) ->
                admin.visit().goTo(HELD, Notice.done(admin.text("reservas_liberadas", released)));
            case Applied.Before<Integer> before -> admin.visit().goTo(HELD, before);
        };
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        ReservationsView.Detail detail =
                list.find(PathId.of(id, ErrorCode.NOT_FOUND)).orElseThrow(admin.visit()::notFound);
        return admin.visit()
                .page(AdminTemplates.reservation(
                        admin.named(Section.RESERVATIONS, "#" + detail.row().id()), detail));
    }
}
