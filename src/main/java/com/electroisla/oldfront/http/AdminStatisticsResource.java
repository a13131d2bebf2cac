package com.electroisla.oldfront.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.admin.StaffRight;
import com.electroisla.admin.Statistics;
import com.electroisla.http.Answer;
import com.electroisla.http.server.Responses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The figures of the old front end's statistics; amounts are numbers. */
@Path("/api/admin/estadisticas")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class AdminStatisticsResource {
    private final Statistics statistics;

    @Inject
    AdminStatisticsResource(Statistics statistics) {
        this.statistics = statistics;
    }

    @GET
    @Path("ventas")
    public Response sales(@Context RoutingContext context) {
        AdminCall.of(context, StaffRight.SEE_STATISTICS);
        return Responses.of(Answer.ok(AdminStatisticsJson.of(statistics.sales())));
    }

    @GET
    @Path("usuarios")
    public Response people(@Context RoutingContext context) {
        AdminCall.of(context, StaffRight.SEE_STATISTICS);
        return Responses.of(Answer.ok(AdminStatisticsJson.of(statistics.people())));
    }

    @GET
    @Path("productos")
    public Response stock(@Context RoutingContext context) {
        AdminCall.of(context, StaffRight.SEE_STATISTICS);
        return Responses.of(Answer.ok(AdminStatisticsJson.of(statistics.stock())));
    }

    @GET
    @Path("reporte")
    public Response report(@Context RoutingContext context) {
        AdminCall.of(context, StaffRight.SEE_STATISTICS);
        return Responses.of(Answer.ok(AdminStatisticsJson.of(statistics.report())));
    }
}
