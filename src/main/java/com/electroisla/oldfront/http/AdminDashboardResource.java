package com.electroisla.oldfront.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.admin.Dashboard;
import com.electroisla.admin.StaffRight;
import com.electroisla.http.Answer;
import com.electroisla.http.server.Responses;
import com.electroisla.settings.Settings;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The counts of the old front end's dashboard, which asks for them every three seconds. */
@Path("/api/admin/dashboard")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class AdminDashboardResource {
    private final Dashboard dashboard;
    private final Settings settings;

    @Inject
    AdminDashboardResource(Dashboard dashboard, Settings settings) {
        this.dashboard = dashboard;
        this.settings = settings;
    }

    record CountJson(
            long total,
            long activos,
            @JsonProperty("nuevos_7d") long fresh) {
        static CountJson of(Dashboard.Count count) {
            return new CountJson(count.all(), count.active(), count.fresh());
        }
    }

    record StatsJson(CountJson usuarios, CountJson productos, String rolUsuario) {}

    @GET
    @Path("stats")
    public Response stats(@Context RoutingContext context) {
        AdminCall call = AdminCall.of(context, StaffRight.SEE_DASHBOARD);
        Dashboard.Counts counts = dashboard.counts(AdminPeriods.of(call.query(), settings.zone()));
        return Responses.of(Answer.ok(new StatsJson(
                CountJson.of(counts.accounts()),
                CountJson.of(counts.products()),
                call.call().caller().role().text())));
    }
}
