package com.electroisla.oldfront.http;

import com.electroisla.accounts.http.SignedIn;
import com.electroisla.admin.ChangeLog;
import com.electroisla.admin.StaffRight;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PageRequest;
import com.electroisla.http.Problem;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import com.electroisla.pages.Words;
import com.electroisla.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The log of changes, which nobody wipes. */
@Path("/api/admin/historial")
@SignedIn
@RequestScoped
@RunOnVirtualThread
public class AdminHistoryResource {
    private final ChangeLog log;
    private final Settings settings;

    @Inject
    AdminHistoryResource(ChangeLog log, Settings settings) {
        this.log = log;
        this.settings = settings;
    }

    @GET
    public Response list(@Context RoutingContext context) {
        AdminCall call = AdminCall.of(context, StaffRight.SEE_HISTORY);
        PageRequest page = call.page(settings.pageSize());
        QueryParameters query = call.query();
        var filter = new ChangeLog.Filter(
                SearchWords.of("search", query.get("search")),
                given(query, "modulo"),
                given(query, "accion"),
                AdminPeriods.of(query, settings.zone()));
        Words words = new Words(call.call().language(), AdminHistoryJson.AREA);
        return call.list(
                log.page(filter, page.size(), page.offset()), page, change -> AdminHistoryJson.of(change, words));
    }

    private static String given(QueryParameters query, String name) {
        String text = query.get(name);
        return text == null ? "" : text;
    }

    @DELETE
    @Path("{id}")
    public Response delete(@Context RoutingContext context, @PathParam("id") String id) {
        return kept(context);
    }

    @DELETE
    @Path("clear_all")
    public Response clear(@Context RoutingContext context) {
        return kept(context);
    }

    private static Response kept(RoutingContext context) {
        AdminCall.of(context, StaffRight.SEE_HISTORY);
        throw Problem.of(ErrorCode.HISTORY_KEPT).exception();
    }
}
