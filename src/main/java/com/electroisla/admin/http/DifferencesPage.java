package com.electroisla.admin.http;

import com.electroisla.admin.DifferencesView;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.Applied;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.reconciliation.Differences;
import com.electroisla.reconciliation.Differences.Outcome;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** API › Diferencias: what the reconciliation found, and its end: repaired, or accepted with a reason. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/diferencias")
public class DifferencesPage {
    private final Admin admin;
    private final Differences differences;

    @Inject
    DifferencesPage(RoutingContext context, Differences differences) {
        this.admin = Admin.of(context);
        this.differences = differences;
    }

    @GET
    public Response list() {
        return admin.visit()
                .page(AdminTemplates.differences(
                        admin.told(Section.DIFFERENCES, "diferencias"),
                        DifferencesView.of(
                                differences, admin.visit().query(), admin.who().role())));
    }

    @POST
    @Path("{id}/reparar")
    public Response repair(@PathParam("id") String id) {
        long difference = PathId.of(id, ErrorCode.NOT_FOUND);
        if (differences.find(difference).isEmpty()) {
            return admin.visit().gone(Section.DIFFERENCES.href());
        }
        Form form = admin.visit().form();
        return told(differences.repair(difference, admin.actor(), admin.once(form)), "diferencia_reparada");
    }

    @POST
    @Path("{id}/aceptar")
    public Response accept(@PathParam("id") String id) {
        if (!DifferencesView.mayAccept(admin.who().role())) {
            throw Problem.of(ErrorCode.FORBIDDEN).exception();
        }
        long difference = PathId.of(id, ErrorCode.NOT_FOUND);
        if (differences.find(difference).isEmpty()) {
            return admin.visit().gone(Section.DIFFERENCES.href());
        }
        Form form = admin.visit().form();
        String reason = form.text("motivo").strip();
        if (reason.isEmpty() || reason.length() > Differences.LONGEST_REASON) {
            return back(Notice.problem(admin.text("diferencia_sin_motivo", Differences.LONGEST_REASON)));
        }
        return told(differences.accept(difference, reason, admin.actor(), admin.once(form)), "diferencia_aceptada");
    }

    private Response told(Applied<Outcome> applied, String how) {
        return switch (applied) {
            case Applied.Before<Outcome> before -> admin.visit().goTo(Section.DIFFERENCES.href(), before);
            case Applied.Now<Outcome>(Outcome outcome) ->
                back(
                        switch (outcome) {
                            case Outcome.Ended(boolean reopened) ->
                                Notice.done(
                                        admin.text(how) + (reopened ? " " + admin.text("diferencia_a_la_venta") : ""));
                            case Outcome.NotOpen _ -> Notice.problem(admin.text("diferencia_no_abierta"));
                            case Outcome.DoesNotFit(long reserved, long sold, int total) ->
                                Notice.problem(admin.text("diferencia_no_cabe", reserved, sold, total));
                            case Outcome.ByHand _ -> Notice.problem(admin.text("diferencia_a_mano"));
                        });
        };
    }

    private Response back(Notice notice) {
        return admin.visit().goTo(Section.DIFFERENCES.href(), notice);
    }
}
