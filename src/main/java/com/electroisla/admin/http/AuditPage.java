package com.electroisla.admin.http;

import com.electroisla.admin.People;
import com.electroisla.admin.Section;
import com.electroisla.pages.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** API › Registro de auditoría: the log of changes. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/auditoria")
public class AuditPage {
    private final Admin admin;
    private final People people;

    @Inject
    AuditPage(RoutingContext context, People people) {
        this.admin = Admin.of(context);
        this.people = people;
    }

    @GET
    public Response list() {
        return admin.visit()
                .page(AdminTemplates.audit(
                        admin.told(Section.AUDIT, "auditoria"),
                        people.audit(admin.visit().query())));
    }
}
